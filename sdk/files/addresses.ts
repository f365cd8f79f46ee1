import type { Http } from '../auth/http.ts';
import { type FileId, isUpload } from '../protocol/ids.ts';
import type { KeyValue } from '../store/key-value.ts';

export type FileVariant = 'audio' | 'artwork';

/** Where uploads can be loaded from: media elements cannot send headers, so addresses are signed and short-lived. */
export interface FileAddresses {
  /** Good for at least a minute. @throws {JamzError} `not-found`, `forbidden`, `unavailable` */
  url(fileId: FileId, variant: FileVariant): Promise<string>;
  /** Loudness over the file, 0 … 1; null where nobody computed it yet. Kept on the device. @throws {JamzError} */
  peaks(fileId: FileId): Promise<readonly number[] | null>;
}

export interface FileAddressesDeps {
  readonly server: string;
  readonly http: Http;
  readonly caches: KeyValue;
  /** Of a file that is still on its way to the server. @throws {JamzError} `not-found` where it is not on this device */
  readonly urlOfUpload: (id: string) => Promise<string>;
  /** This device's clock, ms since 1970. */
  readonly nowMs: () => number;
  /** Told of each question that the device itself could or could not answer. */
  readonly onLookup?: (hit: boolean) => void;
}

interface SignedUrl {
  readonly url: string;
  readonly expiresAtMs: number;
}

const leastLifeMs = 60_000;

export function createFileAddresses(deps: FileAddressesDeps): FileAddresses {
  const { server, http, caches, nowMs, onLookup } = deps;
  const urls = new Map<string, SignedUrl>();
  const underWay = new Map<string, Promise<unknown>>();

  /** Two who ask for the same at once cost one request. */
  const once = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const asked = underWay.get(key);
    if (asked) return asked as Promise<T>;
    const answer = ask().finally(() => underWay.delete(key));
    underWay.set(key, answer);
    return answer;
  };

  return {
    async url(fileId, variant) {
      if (isUpload(fileId)) return deps.urlOfUpload(fileId);
      const key = `${variant}:${fileId}`;
      const known = urls.get(key);
      const isGood = known !== undefined && known.expiresAtMs - nowMs() > leastLifeMs;
      onLookup?.(isGood);
      if (isGood) return known.url;
      return once(key, async () => {
        const path = `files/${encodeURIComponent(fileId)}/url?variant=${variant}`;
        const signed = await http('GET', path, undefined, { expects: isSignedUrl });
        const url = new URL(signed.url, server).href;
        urls.set(key, { url, expiresAtMs: signed.expiresAtMs });
        return url;
      });
    },

    async peaks(fileId) {
      const key = `peaks:${fileId}`;
      const kept = await caches.get<readonly number[]>(key).catch(() => undefined);
      onLookup?.(kept !== undefined);
      if (kept) return kept;
      return once(key, async () => {
        const path = `files/${encodeURIComponent(fileId)}/peaks`;
        const { peaks } = await http('GET', path, undefined, { expects: isPeaks });
        if (peaks) await caches.set(key, peaks).catch(() => {});
        return peaks;
      });
    },
  };
}

function isSignedUrl(json: unknown): json is SignedUrl {
  const { url, expiresAtMs } = (json ?? {}) as Partial<SignedUrl>;
  return typeof url === 'string' && typeof expiresAtMs === 'number';
}

function isPeaks(json: unknown): json is { peaks: readonly number[] | null } {
  const { peaks } = (json ?? {}) as { peaks?: unknown };
  return (
    peaks === null || (Array.isArray(peaks) && peaks.every((peak) => typeof peak === 'number'))
  );
}

import type { Upload as TusUpload } from 'tus-js-client';
import { JamzError } from '../protocol/errors.ts';
import type { GroupId } from '../protocol/ids.ts';
import type { KeyValue } from '../store/key-value.ts';
import { tusOverFetch } from './tus-fetch.ts';

/** One file's way to the server, in as many attempts as it takes. */
export interface Sender {
  /**
   * Goes on where the last attempt ended, this one's or one before a reload. Resolves with the upload's id when all
   * bytes are there.
   *
   * @throws {JamzError} why this attempt ended; `signal.reason` when it was called off
   */
  attempt(signal: AbortSignal, onSent: (sentBytes: number) => void): Promise<string>;
  /** Forgets where it was; the server drops what it has. */
  discard(): Promise<void>;
  /** Forgets where it was: the next upload of this file is a new one. */
  forget(): Promise<void>;
}

export interface SenderDeps {
  readonly server: string;
  readonly fetch: typeof fetch;
  /** The bearer token; called with the one that the server rejected for a newer one. */
  readonly token: (rejected?: string) => Promise<string>;
  readonly storage: KeyValue;
  readonly monotonicMs: () => number;
}

export interface Parcel {
  readonly file: Blob;
  readonly groupId: GroupId;
  readonly name: string;
  /** Where storage remembers how far it came; the same for the same file after a reload. */
  readonly memory: string;
}

const smallestChunk = 262_144;
const largestChunk = 8_388_608;

export function tusSender(deps: SenderDeps, { file, groupId, name, memory }: Parcel): Sender {
  const { server, fetch, storage, monotonicMs } = deps;
  let url: string | undefined;
  let used: string | undefined;
  let rejected: string | undefined;

  const httpStack = tusOverFetch({
    fetch,
    async token() {
      used = await deps.token(rejected);
      rejected = undefined;
      return used;
    },
  });

  const known = async (): Promise<string | undefined> => {
    url ??= await storage.get<string>(memory).catch(() => undefined);
    return url;
  };
  const forget = async (): Promise<void> => {
    url = undefined;
    await storage.remove(memory).catch(() => {});
  };

  return {
    async attempt(signal, onSent) {
      const { Upload } = await import('tus-js-client');
      const uploadUrl = (await known()) ?? null;
      await readable(file);
      signal.throwIfAborted();
      return new Promise<string>((resolve, reject) => {
        let chunkBeganMs = monotonicMs();
        const upload: TusUpload = new Upload(file, {
          endpoint: `${server}/v1/files/uploads`,
          uploadUrl,
          metadata: { groupId, name },
          chunkSize: smallestChunk,
          retryDelays: null,
          storeFingerprintForResuming: false,
          fingerprint: async () => memory,
          httpStack,
          fileReader: { openFile: async () => blobSource(file) },
          onUploadUrlAvailable() {
            if (!upload.url || upload.url === url) return;
            url = upload.url;
            void storage.set(memory, url).catch(() => {});
          },
          onProgress: (sentBytes) => onSent(sentBytes),
          onChunkComplete() {
            // Pieces of about a second: large enough to fill the link, small enough to show that it moves.
            const tookMs = monotonicMs() - chunkBeganMs;
            chunkBeganMs = monotonicMs();
            const chunk = upload.options.chunkSize ?? smallestChunk;
            const factor = tookMs < 500 ? 2 : tookMs > 2_000 ? 0.5 : 1;
            upload.options.chunkSize = Math.min(
              largestChunk,
              Math.max(smallestChunk, chunk * factor),
            );
          },
          onSuccess: () => resolve(uploadIdOf(upload)),
          onError(error) {
            const reason = reasonOf(error);
            if (reason.code === 'token-expired' || reason.code === 'unauthenticated')
              rejected = used;
            reject(reason);
          },
        });
        signal.addEventListener('abort', () => {
          // Rejects only when it is asked to terminate the upload too.
          void upload.abort();
          reject(signal.reason);
        });
        upload.start();
      });
    },

    async discard() {
      const begun = await known();
      await forget();
      if (!begun) return;
      const { Upload } = await import('tus-js-client');
      // What cannot be dropped now expires there.
      await Upload.terminate(begun, { httpStack, retryDelays: null }).catch(() => {});
    },

    forget,
  };
}

/** One that was moved or deleted since it was chosen would look like a lost link for ever. */
async function readable(file: Blob): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch (cause) {
    throw new JamzError('gone', 'The file is no longer on this device: add it again.', { cause });
  }
}

function uploadIdOf({ url }: TusUpload): string {
  return url?.slice(url.lastIndexOf('/') + 1) ?? '';
}

/** tus wraps what the link threw. */
function reasonOf(error: Error): JamzError {
  const cause = 'causingError' in error ? error.causingError : error;
  if (cause instanceof JamzError) return cause;
  return new JamzError('unavailable', 'The upload was interrupted', { cause: error });
}

/** Where tus reads from, the same in browsers and Node. */
function blobSource(file: Blob): {
  size: number;
  slice(start: number, end: number): Promise<{ value: Blob; done: boolean }>;
  close(): void;
} {
  return {
    size: file.size,
    slice: async (start, end) => ({ value: file.slice(start, end), done: end >= file.size }),
    close: () => {},
  };
}

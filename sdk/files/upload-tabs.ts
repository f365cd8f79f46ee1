import type { ErrorCode } from '../protocol/errors.ts';
import { JamzError } from '../protocol/errors.ts';
import type { UploadProgress } from './upload.ts';
import type { UploadRecord } from './upload-records.ts';

/** What tabs of one browser and one person tell each other of uploads. */
export type UploadMessage =
  /** What an upload has become; with its file where only pages have it. */
  | { readonly kind: 'record'; readonly record: UploadRecord; readonly file?: Blob }
  /** From the tab that sends it. */
  | { readonly kind: 'progress'; readonly id: string; readonly progress: UploadProgress }
  /** From a tab that is new: what is under way, and what only pages have? */
  | { readonly kind: 'ask' };

export interface UploadTabs {
  tell(message: UploadMessage): void;
  /** One listener at a time. */
  listen(listener: (message: UploadMessage) => void): void;
  close(): void;
}

/** Tabs of another version of this code are not understood, and not spoken to. */
const dialect = 1;

/** @param name of what tabs share; null where no other tab can see it */
export function uploadTabs(name: string | null): UploadTabs {
  if (name === null || typeof BroadcastChannel === 'undefined') {
    return { tell() {}, listen() {}, close() {} };
  }
  const channel = new BroadcastChannel(`${name}:uploads:${dialect}`);
  let closed = false;
  return {
    tell(message) {
      // What was under way when this tab was done with it is nobody's news.
      if (!closed) channel.postMessage(message);
    },
    listen(listener) {
      channel.onmessage = ({ data }: MessageEvent<UploadMessage>) => listener(data);
    },
    close() {
      closed = true;
      channel.close();
    },
  };
}

/**
 * Lets one tab at a time send an upload; the next in turn goes on when that one is closed.
 *
 * @returns resolves with what ends the turn; rejects when the wait is called off
 */
export type TakeTurn = (id: string, signal: AbortSignal) => Promise<() => void>;

/** By the browser's locks; undefined where it has none, so that only the tab that leads may send. */
export function lockTurns(name: string | null): TakeTurn | undefined {
  if (name === null) return async () => () => {};
  const locks = globalThis.navigator?.locks;
  if (!locks) return undefined;
  return (id, signal) =>
    new Promise((resolve, reject) => {
      const held = (): Promise<void> => new Promise((letGo) => resolve(letGo));
      locks.request(`${name}:upload:${id}`, { signal }, held).catch(reject);
    });
}

/** Of a record: how far an upload is that nobody sends now. */
export function restingProgress(record: UploadRecord): UploadProgress {
  const { sentBytes, totalBytes, file, ended, paused } = record;
  const figures = { sentBytes, totalBytes };
  if (file) return { state: 'done', sentBytes: totalBytes, totalBytes, file };
  if (ended?.cancelled) return { state: 'cancelled', ...figures };
  if (ended) return { state: 'failed', ...figures, error: errorOf(ended) };
  return { state: paused ? 'paused' : 'waiting', ...figures };
}

export function errorOf({ code, message }: { code: ErrorCode; message: string }): JamzError {
  return new JamzError(code, message);
}

import { JamzError } from '../protocol/errors.ts';
import { LiveValue } from '../sync/live-value.ts';
import type { Sending, UploadedFile, UploadProgress } from './upload.ts';
import type { TakeTurn, UploadMessage, UploadTabs } from './upload-tabs.ts';

/** What sends a file, in the hands of a test. */
export class FakeSending implements Sending {
  readonly file: Blob;
  readonly name: string;
  readonly calls: string[] = [];
  readonly progress$: LiveValue<UploadProgress>;
  readonly #settling: PromiseWithResolvers<UploadedFile> = Promise.withResolvers<UploadedFile>();

  constructor(file: Blob, name: string) {
    this.file = file;
    this.name = name;
    this.progress$ = new LiveValue<UploadProgress>({
      state: 'waiting',
      sentBytes: 0,
      totalBytes: file.size,
    });
    this.result.catch(() => {});
  }

  get result(): Promise<UploadedFile> {
    return this.#settling.promise;
  }
  finish(file: UploadedFile): void {
    this.#settling.resolve(file);
  }
  fail(error: JamzError): void {
    this.#settling.reject(error);
  }
  pause(): void {
    this.calls.push('pause');
  }
  resume(): void {
    this.calls.push('resume');
  }
  cancel(): void {
    this.calls.push('cancel');
    this.fail(new JamzError('gone', 'The upload was cancelled'));
  }
}

/** @returns makes the end of one more tab; what one tells the others hear at once */
export function fakeTabs(): () => UploadTabs {
  const listeners = new Map<object, (message: UploadMessage) => void>();
  return () => {
    const self = {};
    return {
      tell(message) {
        for (const [tab, listener] of listeners) if (tab !== self) listener(message);
      },
      listen: (listener) => void listeners.set(self, listener),
      close: () => void listeners.delete(self),
    };
  };
}

/** @returns makes one more tab's way to a turn; all share one queue for each upload */
export function fakeTurns(): () => TakeTurn {
  const queues = new Map<string, Promise<void>>();
  return () => async (id, signal) => {
    const before = queues.get(id) ?? Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    queues.set(
      id,
      before.then(() => promise),
    );
    signal.addEventListener('abort', () => resolve());
    await before;
    signal.throwIfAborted();
    return resolve;
  };
}

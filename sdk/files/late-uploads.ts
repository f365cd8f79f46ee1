import type { Jamz } from '../api.ts';
import { JamzError } from '../protocol/errors.ts';
import { type GroupId, uploadMark } from '../protocol/ids.ts';
import { LiveValue } from '../sync/live-value.ts';
import type { Surroundings } from '../sync/scheduler.ts';
import type { Upload, UploadedFile, UploadProgress } from './upload.ts';

/** What is known of a file that is to be sent. */
export interface Consignment {
  /** Of the upload. */
  readonly id: string;
  readonly groupId: GroupId;
  readonly name: string;
}

/** The code that comes late. */
export interface KeepsUploads {
  add(file: Blob, consignment: Consignment): Upload;
  /** Where this page can load the sound of an upload. @throws {JamzError} `not-found` where its file is not here */
  urlOf(id: string): Promise<string>;
  close(): void;
}

export interface LateUploads {
  readonly api: Jamz['uploads'];
  /** Something waits for an upload: its code is wanted. */
  wake(): void;
  urlOf(id: string): Promise<string>;
  close(): void;
}

/**
 * Uploads whose code is loaded with the first of them, or when somebody looks at them. Until it is there an upload
 * waits, and can be paused and cancelled; where it cannot be fetched, the network's return brings the next try.
 *
 * @param load tells `list$` what there is
 */
export function lateUploads(
  load: (list$: LiveValue<readonly Upload[]>) => Promise<KeepsUploads>,
  surroundings: Surroundings,
  newId: () => string,
): LateUploads {
  const list$ = new LiveValue<readonly Upload[]>([]);
  let loading: Promise<KeepsUploads> | undefined;
  let closed = false;

  const loaded = async (): Promise<KeepsUploads> => {
    for (;;) {
      loading ??= load(list$);
      try {
        return await loading;
      } catch {
        loading = undefined;
        await woken(surroundings);
      }
    }
  };
  const wake = (): void => {
    if (!closed) void loaded();
  };

  return {
    api: {
      get list$() {
        wake();
        return list$;
      },
      add(file, { groupId, name = 'name' in file ? file.name : 'Recording' }) {
        const consignment = { id: uploadMark + newId(), groupId, name };
        return lateUpload(consignment, file.size, async () => {
          const uploads = await loaded();
          return () => uploads.add(file, consignment);
        });
      },
    },
    wake,
    urlOf: async (id) => (await loaded()).urlOf(id),
    close() {
      closed = true;
      loading?.then((uploads) => uploads.close()).catch(() => {});
    },
  };
}

/** @param prepare resolves with what begins the upload, which is not called once it was cancelled */
function lateUpload(
  consignment: Consignment,
  totalBytes: number,
  prepare: () => Promise<() => Upload>,
): Upload {
  const at = <State extends string>(state: State) => ({ state, sentBytes: 0, totalBytes });
  const progress$ = new LiveValue<UploadProgress>(at('waiting'));
  const { promise, resolve, reject } = Promise.withResolvers<UploadedFile>();
  // Nobody has to look.
  promise.catch(() => {});
  let begun: Upload | undefined;

  const begin = async (): Promise<void> => {
    const add = await prepare();
    const { state } = progress$.value;
    if (state === 'cancelled') return;
    begun = add();
    if (state === 'paused') begun.pause();
    begun.progress$.subscribe(progress$);
    resolve(begun.result);
  };
  void begin();

  return {
    ...consignment,
    progress$,
    get fileId() {
      return begun?.fileId ?? null;
    },
    get keptOn() {
      return begun?.keptOn ?? 'page';
    },
    get result() {
      return begun?.result ?? promise;
    },
    pause() {
      if (begun) begun.pause();
      else if (progress$.value.state === 'waiting') progress$.next(at('paused'));
    },
    resume() {
      if (begun) begun.resume();
      else if (progress$.value.state === 'paused') progress$.next(at('waiting'));
    },
    cancel() {
      if (begun) begun.cancel();
      else if (progress$.value.state !== 'cancelled') {
        progress$.next(at('cancelled'));
        reject(new JamzError('gone', 'The upload was cancelled'));
      }
    },
  };
}

function woken({ onWake }: Surroundings): Promise<void> {
  return new Promise((resolve) => {
    const stop = onWake(() => {
      stop();
      resolve();
    });
  });
}

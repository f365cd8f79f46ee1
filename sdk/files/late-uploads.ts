import type { Jamz } from '../api.ts';
import { type GroupId, uploadMark } from '../protocol/ids.ts';
import { LiveValue } from '../sync/live-value.ts';
import type { Surroundings } from '../sync/scheduler.ts';
import type { Upload, UploadProgress, Wish } from './upload.ts';

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
        return lateUpload(file, consignment, loaded());
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

/** @param loading the code; what is wished before it is there is done then */
function lateUpload(file: Blob, consignment: Consignment, loading: Promise<KeepsUploads>): Upload {
  const at = (state: 'waiting' | 'paused' | 'cancelled'): UploadProgress => ({
    state,
    sentBytes: 0,
    totalBytes: file.size,
  });
  const progress$ = new LiveValue(at('waiting'));
  const wishes: Wish[] = [];
  let begun: Upload | undefined;

  const result = loading.then((uploads) => {
    const upload = uploads.add(file, consignment);
    begun = upload;
    for (const wish of wishes) upload[wish]();
    upload.progress$.subscribe(progress$);
    return upload.result;
  });
  // Nobody has to look.
  result.catch(() => {});
  const does = (wish: Wish, state: Parameters<typeof at>[0]) => (): void => {
    if (begun) begun[wish]();
    else {
      wishes.push(wish);
      progress$.next(at(state));
    }
  };

  return {
    ...consignment,
    progress$,
    get fileId() {
      return begun?.fileId ?? null;
    },
    get keptOn() {
      return begun ? begun.keptOn : 'page';
    },
    get result() {
      return begun?.result ?? result;
    },
    pause: does('pause', 'paused'),
    resume: does('resume', 'waiting'),
    cancel: does('cancel', 'cancelled'),
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

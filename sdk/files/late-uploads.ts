import type { Jamz } from '../api.ts';
import { JamzError } from '../protocol/errors.ts';
import { LiveValue } from '../sync/live-value.ts';
import type { Surroundings } from '../sync/scheduler.ts';
import type { Upload, UploadedFile, UploadProgress } from './upload.ts';

type Uploads = Jamz['uploads'];

/**
 * Uploads whose code is loaded with the first of them. Until it is there an upload waits, and can be paused and
 * cancelled; where it cannot be fetched, the network's return brings the next try.
 */
export function lateUploads(load: () => Promise<Uploads>, surroundings: Surroundings): Uploads {
  let loading: Promise<Uploads> | undefined;

  const loaded = async (): Promise<Uploads> => {
    for (;;) {
      loading ??= load();
      try {
        return await loading;
      } catch {
        loading = undefined;
        await woken(surroundings);
      }
    }
  };

  return {
    add(file, options) {
      const name = options.name ?? ('name' in file ? file.name : 'Recording');
      return lateUpload(name, file.size, async () => {
        const uploads = await loaded();
        return () => uploads.add(file, { ...options, name });
      });
    },
  };
}

/** @param prepare resolves with what begins the upload, which is not called once it was cancelled */
function lateUpload(
  name: string,
  totalBytes: number,
  prepare: () => Promise<() => Upload>,
): Upload {
  const at = <State extends string>(state: State) => ({ state, sentBytes: 0, totalBytes });
  const progress$ = new LiveValue<UploadProgress>(at('waiting'));
  const { promise: result, resolve, reject } = Promise.withResolvers<UploadedFile>();
  // Nobody has to look.
  result.catch(() => {});
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
    name,
    progress$,
    result,
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

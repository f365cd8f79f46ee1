import type { Http } from '../auth/http.ts';
import { JamzError } from '../protocol/errors.ts';
import type { GroupId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { KeyValue } from '../store/key-value.ts';
import {
  browserSurroundings,
  deviceScheduler,
  type Scheduler,
  type Surroundings,
} from '../sync/scheduler.ts';
import { browserPeaks, type MeasurePeaks, offerPeaks } from './measure-peaks.ts';
import { createSlots } from './slots.ts';
import { tusSender } from './tus-sender.ts';
import type { Sending } from './upload.ts';
import { UploadRun } from './upload-run.ts';

export interface UploadsDeps {
  /** Base URL of the backend, without a slash at its end. */
  readonly server: string;
  readonly http: Http;
  readonly fetch: typeof fetch;
  /** The bearer token; called with the one that the server rejected for a newer one. */
  readonly token: (rejected?: string) => Promise<string>;
  /** Remembers how far uploads came, so that a reload costs nothing that was sent. */
  readonly storage: KeyValue;
  readonly scheduler?: Scheduler;
  readonly surroundings?: Surroundings;
  /** Default: the browser's decoders. */
  readonly measure?: MeasurePeaks;
}

/** Sends what it is given; keeps nothing but how far it came. */
export interface SendsFiles {
  add(file: File | Blob, options: { groupId: GroupId; name?: string }): Sending;
}

/** Two: one fills the link while the other waits for an answer. More would only finish later together. */
const atOnce = 2;

/** Resumable uploads into groups (tus 1.0). */
export function createUploads(deps: UploadsDeps): SendsFiles {
  const { http, scheduler = deviceScheduler } = deps;
  const surroundings = deps.surroundings ?? browserSurroundings();
  const measure = deps.measure ?? browserPeaks();
  const slots = createSlots(atOnce);
  const underWay = new Set<string>();

  return {
    add(file, { groupId, name = 'name' in file ? file.name : 'Recording' }) {
      const { monotonicMs } = scheduler;
      const known = `upload:${groupId}:${name}:${file.size}:${lastModifiedOf(file)}`;
      // The same file again, while it is being sent: two senders must not write to one upload.
      const memory = underWay.has(known) ? `${known}:${underWay.size}` : known;
      const sender = tusSender({ ...deps, monotonicMs }, { file, groupId, name, memory });
      const totalBytes = file.size;
      const run = new UploadRun({ name, totalBytes, sender, slots, http, scheduler, surroundings });
      const refusal = refusalOf(file);
      if (refusal) run.fail(refusal);
      else {
        underWay.add(memory);
        void run.run().finally(() => underWay.delete(memory));
      }
      if (measure) {
        run.result.then(
          (found) => offerPeaks(http, measure, file, found),
          () => {},
        );
      }
      return run;
    },
  };
}

function lastModifiedOf(file: Blob): number {
  return 'lastModified' in file && typeof file.lastModified === 'number' ? file.lastModified : 0;
}

/** What the server would say, said before a byte is sent. */
function refusalOf({ size }: Blob): JamzError | undefined {
  if (size === 0) return new JamzError('invalid', 'This file is empty: choose another one');
  if (size <= limits.maxFileBytes) return undefined;
  const megabytes = Math.floor(limits.maxFileBytes / 1e6);
  return new JamzError('too-large', `Files may have up to ${megabytes} MB: choose a smaller one`);
}

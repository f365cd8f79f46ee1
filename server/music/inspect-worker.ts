import { parentPort, workerData } from 'node:worker_threads';
import { type ErrorCode, JamzError } from '../../sdk/protocol/errors.ts';
import { inspectSound, measurePeaks, type SoundFacts } from './inspect.ts';

/** What a worker is started with. */
export interface InspectionTask {
  readonly path: string;
  readonly name: string;
  /** Larger files are not decoded here. */
  readonly maxDecodedFileBytes: number;
}

/** What it says, in this order: facts, then peaks; or why there will be none. */
export type InspectionReport =
  | { readonly kind: 'facts'; readonly facts: SoundFacts }
  | { readonly kind: 'peaks'; readonly peaks: Uint8Array | null }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string };

if (parentPort) {
  const port = parentPort;
  await run(workerData as InspectionTask, (report) => port.postMessage(report));
}

async function run(task: InspectionTask, say: (report: InspectionReport) => void): Promise<void> {
  let facts: SoundFacts;
  try {
    facts = await inspectSound(task.path, task.name);
  } catch (error) {
    if (!(error instanceof JamzError)) throw error;
    say({ kind: 'refused', code: error.code, message: error.message });
    return;
  }
  say({ kind: 'facts', facts });
  const decodable = facts.bytes <= task.maxDecodedFileBytes;
  // A file that our decoders cannot take may still play in a browser, which then measures it.
  const peaks = decodable ? await measurePeaks(task.path, facts.decoder).catch(() => null) : null;
  say({ kind: 'peaks', peaks: peaks?.length ? peaks : null });
}

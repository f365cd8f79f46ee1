import { Worker } from 'node:worker_threads';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { SoundFacts } from './inspect.ts';
import type { InspectionReport, InspectionTask } from './inspect-worker.ts';

export interface Inspection {
  readonly facts: SoundFacts;
  /** Null where decoding failed or would take too long here: the uploader's browser measures then. */
  readonly peaks: Uint8Array | null;
}

/** Reads one sound file. @throws {JamzError} `unsupported-type` */
export type Inspect = (path: string, name: string) => Promise<Inspection>;

export interface InspectorOptions {
  /** Larger files are not decoded here. Default 60 MB. */
  readonly maxDecodedFileBytes?: number;
  /** Decoding is given up after this. Default 15 s. */
  readonly peaksWithinMs?: number;
  /** Reading tags and digest is given up after this: such a file was made to hurt. Default 60 s. */
  readonly factsWithinMs?: number;
}

/**
 * Reads sound files in a worker thread of bounded memory, one file at a time, so that a decoder never holds up the
 * event loop that serves the groups, and a file made to break it breaks only its own thread.
 */
export function workerInspector(options: InspectorOptions = {}): Inspect {
  const { maxDecodedFileBytes = 60_000_000 } = options;
  const { peaksWithinMs = 15_000, factsWithinMs = 60_000 } = options;
  let last: Promise<unknown> = Promise.resolve();

  return (path, name) => {
    const task: InspectionTask = { path, name, maxDecodedFileBytes };
    const inspection = last.then(() => inspect(task, factsWithinMs, peaksWithinMs));
    last = inspection.catch(() => undefined);
    return inspection;
  };
}

function inspect(
  task: InspectionTask,
  factsWithinMs: number,
  peaksWithinMs: number,
): Promise<Inspection> {
  const worker = new Worker(workerUrl, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: 384 },
  });
  return new Promise<Inspection>((resolve, reject) => {
    let facts: SoundFacts | undefined;
    let timer: NodeJS.Timeout | undefined;

    const settle = (peaks: Uint8Array | null, cause?: unknown): void => {
      clearTimeout(timer);
      if (facts) resolve({ facts, peaks });
      else reject(unreadable(cause));
      void worker.terminate();
    };
    timer = setTimeout(settle, factsWithinMs, null);

    worker.on('message', (report: InspectionReport) => {
      if (report.kind === 'facts') {
        facts = report.facts;
        clearTimeout(timer);
        timer = setTimeout(settle, peaksWithinMs, null);
      } else if (report.kind === 'peaks') settle(report.peaks);
      else {
        reject(new JamzError(report.code, report.message));
        settle(null);
      }
    });
    worker.on('error', (error) => settle(null, error));
    worker.on('exit', () => settle(null));
  });
}

// Node strips types from our sources; a built package holds JavaScript beside this module.
const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? './inspect-worker.ts' : './inspect-worker.js',
  import.meta.url,
);

function unreadable(cause: unknown): JamzError {
  return new JamzError(
    'unsupported-type',
    'This file cannot be read as sound. Save it anew as MP3, M4A, OGG, FLAC or WAV and try again.',
    { cause },
  );
}

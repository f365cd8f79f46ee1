import { JamzError } from '../../sdk/protocol/errors.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { FileStore } from '../ports/store.ts';
import type { Arrival, Arrivals, UploadOutcome } from './arrivals.ts';
import { bytesKeyOf, type Ingest, type IngestedFile, ingestedFile } from './ingest.ts';

/** Finished uploads on their way into the group's files. */
export interface UploadIntake {
  /**
   * Asked before an upload begins.
   *
   * @throws {JamzError} `too-large`, `storage-full`
   */
  admit(bytes: number): Promise<void>;
  /** @throws {JamzError} `not-found` for somebody else's or an unknown upload */
  arrival(uploadId: string, userId: UserId): Promise<Arrival>;
  /** How many bytes an upload had that has arrived and been taken over, whatever came of it; undefined before. */
  takenBytes(uploadId: string, userId: UserId): Promise<number | undefined>;
  /** Begins to take in an upload whose last byte is here. Asked twice, it is done once. */
  take(arrival: Arrival): void;
  /**
   * What became of an upload, as soon as that is known; for a day, whatever restarts.
   *
   * @throws {JamzError} `not-found` for somebody else's or an unknown upload, `unavailable` with `retryAfterMs` while it
   * is still arriving or being read, and whatever ended it: `unsupported-type`, `storage-full`
   */
  result(uploadId: string, userId: UserId): Promise<IngestedFile>;
}

export interface IntakeDeps {
  readonly arrivals: Arrivals;
  readonly ingest: Ingest;
  readonly files: Files;
  readonly records: FileStore;
  readonly clock: Clock;
  /** Resolves after that long; injected for tests. */
  readonly sleep: (ms: number) => Promise<void>;
  /** A failure that is nobody's doing but ours. */
  readonly report: (error: unknown) => void;
}

/** A longer silence than a day in the mountains. */
const uploadLifeMs = 7 * 86_400_000;
const outcomeLifeMs = 86_400_000;
const sweepEveryMs = 3_600_000;
const reserveBytes = 256_000_000;
const longPollMs = 25_000;

export function createIntake(deps: IntakeDeps): UploadIntake {
  const { arrivals, ingest, files, records, clock, sleep, report } = deps;
  const underWay = new Map<string, Promise<UploadOutcome>>();
  let sweptAtMs = Number.NEGATIVE_INFINITY;

  const process = async (arrival: Arrival): Promise<UploadOutcome> => {
    const { uploadId, uploadedBy, announcedBytes: bytes } = arrival;
    const outcome = await (async (): Promise<UploadOutcome> => {
      try {
        return { uploadedBy, bytes, file: await finish(arrival) };
      } catch (error) {
        // What is away comes back: the upload waits for it.
        if (!(error instanceof JamzError) || error.code === 'unavailable') throw error;
        return { uploadedBy, bytes, code: error.code, message: error.message };
      }
    })();
    await arrivals.remember(uploadId, outcome);
    await arrivals.drop(uploadId);
    return outcome;
  };

  const finish = async (arrival: Arrival): Promise<IngestedFile> => {
    const done = await records.get(arrival.uploadId);
    if (done) return ingestedFile(done, false);
    if (arrival.arrivedBytes === undefined) {
      // The process ended between taking the bytes over and recording them.
      const stored = await files.open(bytesKeyOf(arrival));
      if (!stored) throw new JamzError('not-found', 'These bytes are gone: upload the file again');
      await arrivals.restore(arrival.uploadId, stored.body);
    }
    const arrived = await arrivals.read(arrival.uploadId);
    try {
      return await ingest(arrival, arrived);
    } finally {
      await arrived.release();
    }
  };

  const start = (arrival: Arrival): Promise<UploadOutcome> => {
    const { uploadId } = arrival;
    const running = underWay.get(uploadId);
    if (running) return running;
    const begun = process(arrival).finally(() => underWay.delete(uploadId));
    underWay.set(uploadId, begun);
    return begun;
  };

  const arrival = async (uploadId: string, userId: UserId): Promise<Arrival> => {
    const found = await arrivals.find(uploadId);
    if (found?.uploadedBy !== userId) throw unknownUpload();
    return found;
  };

  return {
    arrival,

    async admit(bytes) {
      if (bytes > limits.maxFileBytes) {
        const megabytes = Math.floor(limits.maxFileBytes / 1e6);
        throw new JamzError('too-large', `Files may have up to ${megabytes} MB`);
      }
      const nowMs = clock.nowMs();
      if (nowMs - sweptAtMs >= sweepEveryMs) {
        sweptAtMs = nowMs;
        const before = { uploadsMs: nowMs - uploadLifeMs, outcomesMs: nowMs - outcomeLifeMs };
        await arrivals.sweep(before);
      }
      if ((await arrivals.freeBytes()) < bytes + reserveBytes) {
        throw new JamzError(
          'storage-full',
          'The server has no room for this file: try again later',
        );
      }
    },

    async takenBytes(uploadId, userId) {
      const outcome = await arrivals.outcome(uploadId);
      if (outcome?.uploadedBy === userId) return outcome.bytes;
      const found = await arrivals.find(uploadId);
      if (found?.uploadedBy !== userId || found.arrivedBytes !== undefined) return undefined;
      return found.announcedBytes;
    },

    take(finished) {
      // Whoever asks for the result starts it again; the cause must not stay unseen until then.
      start(finished).catch(report);
    },

    async result(uploadId, userId) {
      let known = underWay.get(uploadId);
      if (!known) {
        const outcome = await arrivals.outcome(uploadId);
        if (outcome) return resultOf(outcome, userId);
        const found = await arrival(uploadId, userId);
        if (found.arrivedBytes !== undefined && found.arrivedBytes < found.announcedBytes) {
          throw notYet('This upload is still arriving');
        }
        known = start(found);
      }
      const outcome = await Promise.race([known, sleep(longPollMs)]);
      if (!outcome) throw notYet('This file is still being read');
      return resultOf(outcome, userId);
    },
  };
}

function resultOf(outcome: UploadOutcome, userId: UserId): IngestedFile {
  if (outcome.uploadedBy !== userId) throw unknownUpload();
  if ('file' in outcome) return outcome.file;
  throw new JamzError(outcome.code, outcome.message);
}

function unknownUpload(): JamzError {
  return new JamzError(
    'not-found',
    'There is no such upload of yours: it may have expired. Begin anew.',
  );
}

function notYet(message: string): JamzError {
  return new JamzError('unavailable', message, { retryAfterMs: 1_000 });
}

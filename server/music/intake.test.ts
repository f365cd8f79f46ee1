import { deepEqual, equal, rejects } from 'node:assert/strict';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Files } from '../ports/files.ts';
import type { FileRecord } from '../ports/store.ts';
import type { Arrival, Arrivals, UploadOutcome } from './arrivals.ts';
import type { IngestedFile } from './ingest.ts';
import { createIntake, type IntakeDeps, type UploadIntake } from './intake.ts';

const arrival: Arrival = {
  uploadId: 'u1',
  groupId: 'crew',
  uploadedBy: 'ana',
  name: 'song.mp3',
  announcedBytes: 4,
  arrivedBytes: 4,
};
const file: IngestedFile = {
  fileId: 'u1',
  mediaType: 'audio/mpeg',
  bytes: 4,
  title: 'song',
  hasArtwork: false,
  duplicate: false,
};

/** An intake over a desk of arrivals in memory; `says` is what happened. */
function intakeOf(
  found: Arrival | undefined,
  changes: Partial<IntakeDeps> = {},
): {
  intake: UploadIntake;
  says: string[];
  outcomes: Map<string, UploadOutcome>;
  clock: { ms: number };
} {
  const says: string[] = [];
  const outcomes = new Map<string, UploadOutcome>();
  const clock = { ms: 0 };
  const arrivals: Arrivals = {
    find: async () => found,
    read: async (uploadId) => ({
      path: `/uploads/${uploadId}`,
      keepAs: async () => {},
      release: async () => {},
    }),
    restore: async (_id, body) => void says.push(`restore ${await text(body)}`),
    drop: async (uploadId) => void says.push(`drop ${uploadId}`),
    outcome: async (uploadId) => outcomes.get(uploadId),
    remember: async (uploadId, outcome) => void outcomes.set(uploadId, outcome),
    sweep: async () => void says.push('sweep'),
    freeBytes: async () => 1e9,
  };
  const intake = createIntake({
    arrivals,
    ingest: async () => {
      says.push('ingest');
      return file;
    },
    files: noFiles,
    records: {
      get: async () => undefined,
      bySha256: async () => undefined,
      put: async () => {},
      usageOf: async () => ({ files: 0, bytes: 0 }),
      page: async () => [],
    },
    clock: { nowMs: () => clock.ms },
    sleep: () => new Promise(() => {}),
    report: (error) => void says.push(`report ${error}`),
    ...changes,
  });
  return { intake, says, outcomes, clock };
}

const noFiles: Files = {
  open: async () => undefined,
  sizeOf: async () => undefined,
  write: async () => {},
  adopt: async () => {},
  remove: async () => {},
  list: async function* () {},
  addressOf: async () => undefined,
  check: async () => ({ name: 'nothing', hints: [] }),
};

describe('the intake of uploads', () => {
  it('reads an upload once, however often it is asked', async () => {
    const { intake, says } = intakeOf(arrival);
    intake.take(arrival);
    intake.take(arrival);
    deepEqual(await Promise.all([intake.result('u1', 'ana'), intake.result('u1', 'ana')]), [
      file,
      file,
    ]);
    deepEqual(says, ['ingest', 'drop u1']);
  });

  it('asks for patience after 25 seconds of reading', async () => {
    const waits: number[] = [];
    const { intake } = intakeOf(arrival, {
      ingest: () => new Promise(() => {}),
      sleep: async (ms) => void waits.push(ms),
    });
    await rejects(intake.result('u1', 'ana'), { code: 'unavailable', retryAfterMs: 1_000 });
    deepEqual(waits, [25_000]);
  });

  it('remembers a refusal and drops the bytes', async () => {
    const { intake, says } = intakeOf(arrival, {
      ingest: async () => {
        throw new JamzError('unsupported-type', 'is a ZIP archive');
      },
    });
    for (let ask = 0; ask < 2; ask++) {
      await rejects(intake.result('u1', 'ana'), {
        code: 'unsupported-type',
        message: 'is a ZIP archive',
      });
    }
    deepEqual(says, ['drop u1']);
    await rejects(intake.result('u1', 'bo'), { code: 'not-found' });
  });

  it('keeps an upload that failed for a reason of ours, tells us, and tries again when asked', async () => {
    let broken = true;
    const { intake, says, outcomes } = intakeOf(arrival, {
      ingest: async () => {
        if (broken) throw new Error('disk on fire');
        return file;
      },
    });
    intake.take(arrival);
    await rejects(intake.result('u1', 'ana'), /disk on fire/);
    deepEqual(says, ['report Error: disk on fire']);
    equal(outcomes.size, 0);
    broken = false;
    deepEqual(await intake.result('u1', 'ana'), file);
  });

  it('finishes what a crash left between taking the bytes over and recording them', async () => {
    const body = (): Readable => Readable.from([Buffer.from('song')]);
    const { intake, says } = intakeOf(
      { ...arrival, arrivedBytes: undefined },
      { files: { ...noFiles, open: async () => ({ totalBytes: 4, body: body() }) } },
    );
    deepEqual(await intake.result('u1', 'ana'), file);
    deepEqual(says, ['restore song', 'ingest', 'drop u1']);
  });

  it('finishes what a crash left between recording and answering', async () => {
    const record: FileRecord = {
      ...{
        fileId: 'u1',
        groupId: 'crew',
        uploadedBy: 'ana',
        bytesKey: 'crew/u1',
        name: 'song.mp3',
      },
      ...{ mediaType: 'audio/mpeg', bytes: 4, sha256: 'x', title: 'song', artist: null },
      ...{
        durationMs: null,
        artworkKey: null,
        artworkMediaType: null,
        peaks: null,
        createdAtMs: 0,
      },
    };
    const { intake, says } = intakeOf(
      { ...arrival, arrivedBytes: undefined },
      {
        records: {
          get: async () => record,
          bySha256: async () => record,
          put: async () => {},
          usageOf: async () => ({ files: 0, bytes: 0 }),
          page: async () => [],
        },
      },
    );
    deepEqual(await intake.result('u1', 'ana'), file);
    deepEqual(says, ['drop u1']);
  });

  it('says so when an upload is unknown, another’s or still arriving', async () => {
    await rejects(intakeOf(undefined).intake.result('u1', 'ana'), { code: 'not-found' });
    await rejects(intakeOf(arrival).intake.result('u1', 'bo'), { code: 'not-found' });
    const { intake } = intakeOf({ ...arrival, arrivedBytes: 3 });
    await rejects(intake.result('u1', 'ana'), { code: 'unavailable' });
  });

  it('clears away what is old before an upload begins, at most once an hour', async () => {
    const { intake, says, clock } = intakeOf(undefined);
    await intake.admit(1);
    clock.ms = 3_599_999;
    await intake.admit(1);
    deepEqual(says, ['sweep']);
    clock.ms = 3_600_000;
    await intake.admit(1);
    deepEqual(says, ['sweep', 'sweep']);
  });

  it('turns an upload away that would fill the disk, before a byte of it comes', async () => {
    const { intake } = intakeOf(undefined);
    await intake.admit(200_000_000);
    await rejects(intake.admit(200_000_001), { code: 'too-large' });
    const arrivals = { freeBytes: async () => 300_000_000, sweep: async () => {} };
    const full = intakeOf(undefined, { arrivals: arrivals as unknown as Arrivals }).intake;
    await rejects(full.admit(100_000_000), { code: 'storage-full' });
  });
});

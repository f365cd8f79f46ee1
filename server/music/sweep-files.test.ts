import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ListedFile } from '../ports/files.ts';
import type { FileRecord } from '../ports/store.ts';
import { type SweepFindings, type SweepOptions, sweepFiles } from './sweep-files.ts';

const dayMs = 86_400_000;
const nowMs = 100 * dayMs;

function record(fileId: string, more: Partial<FileRecord> = {}): FileRecord {
  return {
    fileId,
    groupId: 'crew',
    uploadedBy: 'ana',
    bytesKey: `crew/${fileId}`,
    name: 'song.mp3',
    mediaType: 'audio/mpeg',
    bytes: 1,
    sha256: '',
    title: '',
    artist: null,
    durationMs: null,
    artworkKey: null,
    artworkMediaType: null,
    peaks: null,
    createdAtMs: 0,
    ...more,
  };
}

async function sweep(
  keys: readonly string[],
  all: readonly FileRecord[],
  options: Partial<SweepOptions & { taken: readonly string[]; ageMs: number }> = {},
): Promise<SweepFindings & { gone: readonly string[] }> {
  const gone: string[] = [];
  const { taken = [], ageMs = 30 * dayMs, ...asked } = options;
  const listed = keys.map((key): ListedFile => ({ key, bytes: 1, changedAtMs: nowMs - ageMs }));
  const found = await sweepFiles(
    {
      files: {
        list: async function* () {
          yield* listed;
        },
        remove: async (key) => void gone.push(key),
      },
      records: {
        get: async (fileId) => all.find((one) => one.fileId === fileId),
        page: async (after) => (after === null ? all : []),
      },
      takedowns: { has: async (fileId) => taken.includes(fileId) },
      clock: { nowMs: () => nowMs },
    },
    { dryRun: false, graceMs: 7 * dayMs, force: false, ...asked },
  );
  return { ...found, gone };
}

describe('a sweep of files', () => {
  it('removes what no record leads to and leaves what one does', async () => {
    const photo = record('p', { mediaType: 'image/webp' });
    const song = record('s', { artworkKey: 'crew/s.artwork' });
    const keys = ['crew/s', 'crew/s.artwork', 'crew/p.96', 'crew/p.256', 'crew/p.640'];
    const { gone, missing } = await sweep([...keys, 'crew/lost'], [photo, song]);
    deepEqual(gone, ['crew/lost']);
    deepEqual(missing, []);
  });

  it('leaves alone what is young, what groups share, and all in a dry run', async () => {
    deepEqual((await sweep(['crew/lost'], [], { ageMs: 6 * dayMs })).gone, []);
    deepEqual((await sweep(['demo/abc', '~check/x'], [])).gone, []);
    const dry = await sweep(['crew/lost'], [], { dryRun: true });
    deepEqual([dry.gone, dry.orphans.length, dry.removed], [[], 1, false]);
  });

  it('removes what a takedown left when it was cut off', async () => {
    deepEqual((await sweep(['crew/s'], [record('s')], { taken: ['s'] })).gone, ['crew/s']);
  });

  it('tells of records whose files are gone and touches nothing for it', async () => {
    const { missing, gone } = await sweep([], [record('s')]);
    deepEqual([missing, gone], [['s'], []]);
  });

  it('[FS7] removes nothing where most files have no record, unless it is told to', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `crew/f${index}`);
    const found = await sweep(keys, []);
    deepEqual([found.gone, found.orphans.length, found.removed], [[], 40, false]);
    equal((await sweep(keys, [], { force: true })).gone.length, 40);
  });
});

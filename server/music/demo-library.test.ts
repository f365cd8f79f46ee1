import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TrackEntry } from '../../sdk/protocol/payloads.ts';
import type { Files } from '../ports/files.ts';
import type { FileRecord } from '../ports/store.ts';
import type { ServerDraft } from '../sync/job.ts';
import { createDemoLibrary, type DemoLibraryDeps, type SeedDemoGroup } from './demo-library.ts';

const directory = join(import.meta.dirname, 'demo-tracks');

interface Bench {
  readonly seed: SeedDemoGroup;
  readonly stored: Map<string, Uint8Array>;
  readonly records: FileRecord[];
  readonly drafts: [scope: string, draft: ServerDraft][];
  readonly logs: Parameters<SeedDemoGroup>[0];
  writes: number;
}

function bench(changes: Partial<DemoLibraryDeps> = {}): Bench {
  const stored = new Map<string, Uint8Array>();
  const records: FileRecord[] = [];
  const drafts: Bench['drafts'] = [];
  let id = 0;
  const files: Files = {
    open: async () => undefined,
    sizeOf: async (key) => stored.get(key)?.length,
    async write(key, body) {
      made.writes++;
      if (body instanceof Uint8Array) stored.set(key, body);
    },
    adopt: async () => {},
    remove: async () => {},
    list: async function* () {},
    addressOf: async () => undefined,
    check: async () => ({ name: 'memory', hints: [] }),
  };
  const made: Bench = {
    seed: createDemoLibrary({
      files,
      records: {
        get: async () => undefined,
        bySha256: async () => undefined,
        put: async (record) => void records.push(record),
        usageOf: async () => ({ files: 0, bytes: 0 }),
        page: async () => [],
      },
      clock: { nowMs: () => 7 },
      random: () => (id++ % 997) / 997,
      ...changes,
    }),
    stored,
    records,
    drafts,
    logs: {
      async appendServerOps(scope, ops) {
        if (typeof ops === 'function') throw new Error('not used here');
        for (const draft of ops) drafts.push([scope, draft]);
        return undefined;
      },
    },
    writes: 0,
  };
  return made;
}

function itemsOf([, draft]: [string, ServerDraft]): readonly TrackEntry[] {
  return draft.type === 'playlist.add' ? draft.payload.items : [];
}

describe('the demo library', () => {
  it('puts three pieces on a new group’s playlist in one op of its founder', async () => {
    const { seed, drafts, records, logs } = bench();
    await seed(logs, 'g1', 'ana');

    equal(drafts.length, 1);
    const [scope, draft] = drafts[0] ?? [];
    equal(scope, 'g:g1');
    equal(draft?.authorId, 'ana');
    const items = drafts.flatMap(itemsOf);
    deepEqual(
      items.map(({ title }) => title),
      ['Sunline', 'Rain on the Windscreen', 'Shoreline'],
    );
    for (const { artist, durationMs, fileId } of items) {
      equal(artist, 'TrafficJamz House Band');
      ok(durationMs && durationMs > 60_000 && durationMs < 90_000);
      equal(records.find((record) => record.fileId === fileId)?.groupId, 'g1');
    }
  });

  it('keeps the bytes once for all groups, under records of each group’s own', async () => {
    const subject = bench();
    await Promise.all([
      subject.seed(subject.logs, 'g1', 'ana'),
      subject.seed(subject.logs, 'g2', 'bo'),
    ]);

    equal(subject.writes, 6);
    equal(new Set(subject.records.map(({ fileId }) => fileId)).size, 6);
    equal(new Set(subject.records.map(({ bytesKey }) => bytesKey)).size, 3);
    for (const { bytesKey, artworkKey, bytes, sha256, peaks } of subject.records) {
      const sound = subject.stored.get(bytesKey) ?? new Uint8Array();
      equal(sound.length, bytes);
      equal(createHash('sha256').update(sound).digest('hex'), sha256);
      deepEqual(subject.stored.get(artworkKey ?? '')?.slice(0, 3), Buffer.from([0xff, 0xd8, 0xff]));
      equal(peaks?.length, 800);
    }
  });

  it('tries again for the next group when the pieces could not be read', async () => {
    const subject = bench({ directory: join(directory, 'nowhere') });
    await rejects(subject.seed(subject.logs, 'g1', 'ana'));
    await rejects(subject.seed(subject.logs, 'g2', 'ana'));
    equal(subject.drafts.length, 0);
  });

  it('weighs 3 MB at most', async () => {
    const index: { name: string; artwork: string; bytes: number }[] = JSON.parse(
      await readFile(join(directory, 'index.json'), 'utf8'),
    );
    const sounds = index.reduce((sum, { bytes }) => sum + bytes, 0);
    ok(sounds <= 3_000_000, `${sounds} bytes`);
    for (const { artwork } of index)
      ok((await readFile(join(directory, artwork))).length <= 40_000);
  });
});

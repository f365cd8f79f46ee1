import { deepEqual, equal, rejects } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createRefreshTokens, graceMs, type RefreshTokens } from './accounts/refresh-tokens.ts';
import { createMongoStore } from './adapters/store/mongo/create-mongo-store.ts';
import { mongoServer, noServer } from './adapters/store/mongo/mongo-server-fixture.ts';
import { createSqliteStore } from './adapters/store/sqlite/create-sqlite-store.ts';
import type { Store } from './ports/store.ts';

const database = await mongoServer();
const folder = mkdtempSync(join(tmpdir(), 'jamz-storm-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Two stores of two processes on the same data. */
const kinds: readonly {
  readonly name: string;
  readonly open: () => Promise<readonly [Store, Store]>;
  readonly missing?: string;
}[] = [
  {
    name: 'one SQLite file',
    async open() {
      const path = join(folder, 'storm.sqlite');
      const use = 'shared';
      return [createSqliteStore({ path, use }), createSqliteStore({ path, use })];
    },
  },
  {
    name: 'MongoDB’s protocol',
    async open() {
      const uri = database?.newDatabase() ?? '';
      return [await createMongoStore({ uri }), await createMongoStore({ uri })];
    },
    ...(database ? {} : { missing: noServer }),
  },
];

for (const { name, open, missing } of kinds) {
  const skip = missing ?? false;
  // A suite that is skipped is not counted; a test is.
  if (skip) it(`one refresh token in two processes on ${name}`, { skip });

  describe(`one refresh token in two processes on ${name}`, { skip, timeout: 300_000 }, () => {
    let nowMs = 1_000;
    let stores: readonly [Store, Store];
    let processes: readonly RefreshTokens[];
    const lives = async () =>
      ({ kind: 'renewed', livesMs: 1_000_000, atMostMs: 2_000_000 }) as const;
    const ended = { code: 'unauthenticated' };
    before(async () => {
      stores = await open();
      const key = randomBytes(32);
      processes = stores.map(({ sessions }) =>
        createRefreshTokens({
          ...{ sessions, key, randomBytes },
          clock: { nowMs: () => nowMs },
          onEnded: () => {},
        }),
      );
      await stores[0].users.create({
        ...{ userId: 'ana', siteId: 's1', name: 'Ana', guest: true, email: null },
        ...{ emailVerifiedAtMs: null, passwordHash: null, externalId: null, createdAtMs: 0 },
      });
    });
    after(async () => {
      for (const store of stores) await store.close();
    });

    const begin = async (): Promise<string> =>
      (await processes[0]?.begin('ana', 1_000_000))?.token ?? '';
    /** Fifty at once, half of them in each process. */
    const storm = (token: string) =>
      Promise.allSettled(
        Array.from({ length: 50 }, async (_, index) => processes[index % 2]?.rotate(token, lives)),
      );

    it('[ID5] leads all of fifty to one live successor', async () => {
      const answers = await storm(await begin());
      const given = new Set(
        answers.map((answer) => (answer.status === 'fulfilled' ? answer.value?.token : 'refused')),
      );
      equal(given.size, 1);
      const [successor = ''] = given;
      equal((await storm(successor)).filter(({ status }) => status === 'fulfilled').length, 50);
    });

    it('[ID5] ends the family in both when it is replayed later, fifty times at once', async () => {
      const first = await begin();
      const second = (await processes[0]?.rotate(first, lives))?.token ?? '';
      nowMs += graceMs + 1;
      const replays = await storm(first);
      deepEqual(
        new Set(replays.map((answer) => answer.status === 'rejected' && answer.reason.code)),
        new Set([ended.code]),
      );
      for (const tokens of processes) await rejects(tokens.rotate(second, lives), ended);
    });
  });
}

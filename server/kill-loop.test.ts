import { equal, ok } from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { JamzError } from '../sdk/protocol/errors.ts';
import { groupScope, type Scope } from '../sdk/protocol/ids.ts';
import { seededRandom } from '../sdk/testing/seeded-random.ts';
import { nodeCodec } from './adapters/codec/node.ts';
import { createSqliteStore } from './adapters/store/sqlite/create-sqlite-store.ts';
import { bundleServer, createPhone, type Phone } from './kill-loop-fixture.ts';
import { type ServerProcess, serverProcess } from './process-fixture.ts';

/** `KILLS=200 node --test server/kill-loop.test.ts` takes a minute on a quiet machine of two cores. */
const kills = Number(process.env['KILLS'] ?? 60);
const seed = Number(process.env['SEED'] ?? 1);

describe(`a server that is killed ${kills} times (seed ${seed})`, () => {
  let bundle: string;
  let server: ServerProcess;
  const random = seededRandom(seed);

  before(async () => {
    // Below the package, whose root the server looks for.
    const folder = fileURLToPath(new URL('../node_modules/.cache/trafficjamz', import.meta.url));
    bundle = join(folder, `kill-loop-${process.pid}.mjs`);
    await bundleServer(bundle);
    server = await serverProcess(bundle);
  });
  after(async () => {
    await rm(bundle, { force: true });
    await server.dispose();
  });

  const title =
    '[LG5] [OP4] [LG1] keeps every acknowledged op, takes none twice, and leaves no gap';
  it(title, { timeout: 600_000 }, async () => {
    let phones: readonly Phone[] = [];
    let scope: Scope = 'g:';
    for (let life = 0; life < kills; life++) {
      await server.start();
      if (life === 0) {
        const { token, userId, groupId } = await makeGroup(server.base);
        scope = groupScope(groupId);
        const common = { server: server.base, token, userId, scope, random };
        phones = ['one', 'two', 'three'].map((replicaId) => createPhone({ ...common, replicaId }));
      }
      let left = 5 + Math.floor(random() * 40);
      const died = Promise.withResolvers<number | null>();
      const onAck = (): void => {
        left -= 1;
        // Pushes of all phones are under way: written, half written, or not even read.
        if (left === 0) server.end('SIGKILL').then(died.resolve, died.reject);
      };
      const talks = phones.map((phone) => phone.talk(onAck));
      for (const end of await Promise.allSettled(talks)) {
        // Nothing but the link's end ends a talk.
        const reason: unknown = end.status === 'rejected' ? end.reason : undefined;
        if (!(reason instanceof JamzError && reason.code === 'unavailable')) throw reason;
      }
      equal(await died.promise, null, 'it ended by itself');
    }
    await checkLog(server.dataDir, scope, phones);
  });
});

/** Reads the whole log as the last server left it. */
async function checkLog(dataDir: string, scope: Scope, phones: readonly Phone[]): Promise<void> {
  const store = createSqliteStore({ path: join(dataDir, 'trafficjamz.sqlite') });
  const ops = new Set<string>();
  let seq = 0;
  let chain = '';
  for (;;) {
    const commits = await store.log.read(scope, seq, 500);
    for (const commit of commits) {
      equal(commit.seq, seq + 1, 'the log has a gap');
      const text = chain + JSON.stringify(commit.runs);
      equal(commit.hash, nodeCodec.sha256Hex(text).slice(0, 16), `the chain breaks at ${seq}`);
      for (const { replicaId, ops: wires } of commit.runs) {
        for (const [number] of wires) {
          const key = `${replicaId} ${number}`;
          ok(!ops.has(key), `${key} is in the log twice`);
          ops.add(key);
        }
      }
      seq += commit.count;
      chain = commit.hash;
    }
    if (commits.length === 0) break;
  }
  await store.close();
  equal(ops.size, seq);
  let acked = 0;
  for (const phone of phones) {
    for (const number of phone.acked) ok(ops.has(`${phone.replicaId} ${number}`), 'an op is lost');
    acked += phone.acked.size;
  }
  ok(acked > 5 * kills, `${acked} ops were acknowledged in ${kills} lives: that shows little`);
}

async function makeGroup(server: string) {
  const guest = await post(server, 'auth/guest', { site: 'pk_demo', name: 'Ana', via: 'body' });
  const token = String(guest['accessToken']);
  const { id } = await post(server, 'groups', { name: 'Road' }, token);
  const user: unknown = guest['user'];
  const userId = typeof user === 'object' && user !== null && 'id' in user ? user.id : '';
  return { token, userId: String(userId), groupId: String(id) };
}

async function post(
  server: string,
  path: string,
  body: object,
  token?: string,
): Promise<Record<string, unknown>> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${server}/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify(body),
  });
  equal(response.ok, true, `${path}: ${response.status}`);
  return (await response.json()) as Record<string, unknown>;
}

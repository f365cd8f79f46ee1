import { deepEqual, equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { JamzError } from '../../../../sdk/protocol/errors.ts';
import {
  actor,
  createSyncBench,
  groupState,
  makeGroup,
  type SyncBench,
  testReplica,
} from '../../../sync/sync-fixture.ts';
import { type Toxiproxy, toxiproxy } from '../../../toxiproxy-fixture.ts';
import { createMongoStore } from './create-mongo-store.ts';
import { mongoServer, noServer } from './mongo-server-fixture.ts';

const server = await mongoServer();
const binary = process.env['TOXIPROXY_BIN'];
const writers = 12;
const messagesEach = 40;

const skip =
  (!server && noServer) ||
  (!binary && 'NO TOXIPROXY TO BREAK THE LINK WITH: set TOXIPROXY_BIN') ||
  (server?.isReal && 'a proxy leads to one machine, and a replica set names its own') ||
  false;

// A suite that is skipped is not counted; a test is.
if (skip) it('The server core on MongoDB over a link that fails', { skip });

describe('The server core on MongoDB over a link that fails', { skip }, () => {
  let proxy: Toxiproxy;
  let bench: SyncBench;
  let isOver = false;
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  before(async () => {
    process.on('unhandledRejection', note);
    if (!server || !binary) return;
    proxy = await toxiproxy(binary, server.address);
    const uri = server.newDatabase();
    const path = uri.slice(uri.lastIndexOf('/'));
    const options = 'directConnection=true&serverSelectionTimeoutMS=2000&heartbeatFrequencyMS=500';
    bench = createSyncBench(
      await createMongoStore({ uri: `mongodb://${proxy.address}${path}?${options}` }),
    );
    await makeGroup(bench);
  });
  after(async () => {
    isOver = true;
    await bench.store.close();
    await proxy.end();
    process.off('unhandledRejection', note);
  });

  it('[LG1] [LG5] [LG9] loses nothing that it acknowledged and writes nothing twice, through outages, resets and delays', async () => {
    const acknowledged: string[] = [];
    const refusals: unknown[] = [];
    const troubles = [
      () => proxy.toxic('latency', { latency: 15, jitter: 10 }),
      () => proxy.toxic('reset_peer', { timeout: 0 }),
      () => proxy.clear(),
      () => proxy.enable(false),
      () => proxy.enable(true),
      () => proxy.toxic('limit_data', { bytes: 20_000 }),
      () => proxy.clear(),
    ];
    let isInTrouble = 0;
    /** The next trouble comes after so many acknowledgements, or refusals, so that no clock decides. */
    const moveOn = async (): Promise<void> => {
      const due = Math.floor((acknowledged.length + refusals.length * 4) / 40);
      while (isInTrouble < Math.min(due, troubles.length)) await troubles[isInTrouble++]?.();
    };
    const write = async (index: number): Promise<void> => {
      const phone = testReplica('ana', { replicaId: `phone${index}` });
      for (let count = 0; count < messagesEach; count++) {
        const messageId = `m${index}-${count}`;
        // The same ops again until there is an answer, as a replica does.
        const push = phone.push(phone.op('messages.send', { messageId, text: 'hi' }));
        while (!(await isTaken(push)) && !isOver) await moveOn();
        acknowledged.push(messageId);
        await moveOn();
      }
    };
    const isTaken = async (push: Parameters<SyncBench['logs']['push']>[1]): Promise<boolean> => {
      try {
        const { refused } = await bench.logs.push(actor('ana'), push);
        deepEqual(refused, []);
        return true;
      } catch (error) {
        refusals.push(error instanceof JamzError ? error.code : error);
        return false;
      }
    };
    await Promise.all(Array.from({ length: writers }, (_, index) => write(index)));
    while (isInTrouble < troubles.length) await troubles[isInTrouble++]?.();
    await proxy.enable(true);

    equal(acknowledged.length, writers * messagesEach);
    deepEqual(new Set(refusals), new Set(['unavailable']));
    const commits = await allCommits();
    const sent = commits.flatMap(({ runs }) =>
      runs.flatMap(({ ops }) => ops.map(([, , , , , p]) => p)),
    );
    const ids = sent.flatMap((payload) =>
      typeof payload === 'object' && payload && 'messageId' in payload ? [payload.messageId] : [],
    );
    deepEqual(ids.sort(), acknowledged.sort());
    let next = 1;
    for (const { seq, count } of commits) {
      equal(seq, next);
      next += count;
    }
    // Folded from the start it is what this process holds.
    const held = await groupState(bench);
    const fresh = await groupState(createSyncBench(bench.store));
    deepEqual([...fresh.applied], [...held.applied]);
    deepEqual(unhandled, []);
  });

  async function allCommits() {
    const commits = [];
    for (let from = 0; ; ) {
      const read = await bench.store.log.read('g:road', from, 200);
      commits.push(...read);
      const last = read.at(-1);
      if (!last) return commits;
      from = last.seq + last.count - 1;
    }
  }
});

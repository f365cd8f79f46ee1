import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stateHash } from '../merge/snapshot.ts';
import { decodeCommit } from '../protocol/decode.ts';
import { groupScope, userScope } from '../protocol/ids.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { spoiled } from '../testing/spoil.ts';
import { virtualScheduler } from '../testing/virtual-scheduler.ts';
import type { OpenLink } from '../transport/link.ts';
import type { Engine } from './engine.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 77);
const crew = groupScope('crew');
const rounds = 150;

/**
 * A link whose server talks nonsense now and then. Only what no sound commit was made of otherwise goes through: a server
 * that lies well is believed, and must be.
 */
function nonsense(openLink: OpenLink, random: () => number, share: () => number): OpenLink {
  const heard = (payload: unknown): unknown => {
    if (random() >= share()) return payload;
    const spoilt = spoiled(payload, random);
    return lies(spoilt, payload) ? payload : spoilt;
  };
  return (options, events) => {
    const link = openLink(options, {
      ...events,
      message: (event, payload) => events.message(event, heard(payload)),
    });
    return link;
  };
}

function lies(spoilt: unknown, payload: unknown): boolean {
  const told = new Set(commitsOf(payload).map((commit) => JSON.stringify(commit)));
  return commitsOf(spoilt).some(
    (commit) => decodeCommit(commit).error === undefined && !told.has(JSON.stringify(commit)),
  );
}

function commitsOf(payload: unknown): readonly unknown[] {
  const { commits } = (payload ?? {}) as { commits?: unknown };
  return Array.isArray(commits) ? commits : [];
}

describe('a server that talks nonsense', () => {
  it(`[WR10] [OP14] changes nothing that a replica has, and is in step again once it talks sense (FUZZ_SEED=${seed})`, async () => {
    const random = seededRandom(seed);
    const scheduler = virtualScheduler();
    const server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [
      { userId: 'ana', name: 'Ana' },
      { userId: 'bo', name: 'Bo' },
    ]);
    let share = 0.5;
    const open = async (userId: string, spoils: boolean): Promise<Engine> => {
      const { openLink } = loopbackNetwork(server, userId, scheduler.after);
      const engine = await loopbackEngine({
        userId,
        journal: memoryJournal(`${userId}-phone`),
        openLink: spoils ? nonsense(openLink, random, () => share) : openLink,
        scheduler,
        random,
      });
      engine.follow(userScope(userId));
      engine.follow(crew);
      engine.start();
      return engine;
    };
    const ana = await open('ana', true);
    const bo = await open('bo', false);
    await scheduler.advance(100);

    for (let round = 0; round < rounds; round += 1) {
      const writer = round % 3 === 0 ? ana : bo;
      writer.submit(crew, 'playlist.add', {
        items: [{ itemId: `i${round}`, title: `Song ${round}` }],
      });
      await scheduler.advance(200);
    }
    share = 0;
    // A real server tells the heads every ten seconds; this one makes itself heard with an op.
    bo.submit(crew, 'messages.send', { messageId: 'last', text: 'All sense again' });
    await ana.syncNow().catch(() => {});
    await scheduler.advance(120_000);

    deepEqual(
      [ana, bo].map(({ status$ }) => [status$.value.state, status$.value.pending]),
      [
        ['SYNCED', 0],
        ['SYNCED', 0],
      ],
    );
    equal(stateHash(ana.replica.scope(crew).confirmed), stateHash(server.stateOf(crew)));
  });
});

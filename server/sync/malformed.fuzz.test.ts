import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeSnapshot, encodeSnapshot, stateHash } from '../../sdk/merge/snapshot.ts';
import { type DecodedPush, decodePush } from '../../sdk/protocol/decode.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import { seededRandom } from '../../sdk/testing/seeded-random.ts';
import { spoiled } from '../../sdk/testing/spoil.ts';
import {
  actor,
  createSyncBench,
  groupState,
  makeGroup,
  road,
  testReplica,
} from './sync-fixture.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 52);
const pushesAltogether = 4_000;

/** What phones of this group send, told as the wire has it. */
function soundPush(phone: ReturnType<typeof testReplica>, turn: number): unknown {
  const itemId = `i${turn}`;
  const ops: Op[] = [
    phone.op('playlist.add', { items: [{ itemId, title: `Song ${turn}` }], after: null }),
    phone.op('messages.send', { messageId: `m${turn}`, text: 'hi' }),
    phone.op('playlist.move', { itemId, after: `i${turn - 1}` }),
    phone.op('reactions.set', { itemId, like: true }),
    phone.op('places.save', { placeId: `p${turn}`, name: 'Rest stop', lat: 47, lng: 8 }),
    phone.op('playback.set', {
      itemId,
      positionMs: 0,
      atServerMs: 1_700_000_000_000,
      playing: true,
      rate: 1,
    }),
    phone.op('members.role', { memberId: 'bo', role: turn % 2 === 0 ? 'moderator' : 'member' }),
    phone.op('playlist.remove', { itemId: `i${turn - 2}` }),
  ];
  const { scope, batch, runs } = phone.push(...ops);
  return { scope, batch, runs };
}

describe('spoiled pushes', () => {
  it(`[WR10] [OP15] never break the fold, the log or a snapshot (FUZZ_SEED=${seed})`, async () => {
    const bench = createSyncBench();
    await makeGroup(bench);
    const random = seededRandom(seed);
    const ana = actor('ana');
    const phone = testReplica('ana');
    let taken = 0;
    let refused = 0;

    for (let turn = 0; turn < pushesAltogether; turn += 1) {
      const push = soundPush(phone, turn);
      const spoilt = random() < 0.1 ? push : spoiled(push, random);
      const before = await bench.store.log.head(road);
      const decoded = decodePush(spoilt);
      const outcome = decoded.error === undefined ? await outcomeOf(decoded.ok) : decoded.error;
      if (outcome instanceof JamzError) {
        refused += 1;
        deepEqual(await bench.store.log.head(road), before, 'a refused push changes nothing');
      } else taken += 1;
    }

    async function outcomeOf(push: DecodedPush): Promise<unknown> {
      try {
        return await bench.logs.push(ana, push);
      } catch (error) {
        if (error instanceof JamzError) return error;
        throw new Error(`FUZZ_SEED=${seed}: ${JSON.stringify(push)}`, { cause: error });
      }
    }

    ok(taken > pushesAltogether / 20, `${taken} were taken`);
    ok(refused > pushesAltogether / 20, `${refused} were refused`);
    deepEqual(bench.bugs, []);
    const state = await groupState(bench);
    const again = decodeSnapshot(road, JSON.parse(JSON.stringify(encodeSnapshot(state))));
    equal(stateHash(again), stateHash(state), 'a snapshot says the same');
    const other = createSyncBench(bench.store);
    equal(stateHash(await groupState(other)), stateHash(state), 'so does the log, folded anew');
  });
});

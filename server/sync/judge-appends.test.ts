import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { stateHash } from '../../sdk/merge/snapshot.ts';
import { opsOf } from '../../sdk/protocol/codec.ts';
import { formatHlc } from '../../sdk/protocol/hlc.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import type { OpType, Payloads } from '../../sdk/protocol/payloads.ts';
import type { WireRefusal } from '../../sdk/protocol/wire.ts';
import { type FoldedBatch, foldBatch } from './fold-batch.ts';
import type { PushJob } from './job.ts';
import { actor, createSyncBench, makeGroup, road, testReplica } from './sync-fixture.ts';
import type { View } from './view.ts';

const nowMs = 1_700_000_000_000;
const bench = createSyncBench();
await makeGroup(bench);
const start = await bench.logs.viewOf(road);

const add = (...ids: readonly string[]) =>
  ['playlist.add', { items: ids.map((itemId) => ({ itemId, title: 'x' })) }] as const;

/** @param isSingly each op is judged by itself: a remembered refusal, of whatever op, asks for that */
function pushOf(ops: readonly Op[], isSingly: boolean, by = 'ana'): PushJob {
  const message = testReplica(by).push(...ops);
  const other: [string, WireRefusal] = ['another-phone 1', [1, 'invalid', '']];
  return {
    kind: 'push',
    actor: actor(by),
    message,
    siteId: 's1',
    ownReplicas: new Set([`phone-${by}`]),
    remembered: new Map(isSingly ? [other] : []),
    archived: new Map(),
    sender: undefined,
    settle: () => {},
  };
}

function folded(jobs: readonly PushJob[], view: View): FoldedBatch {
  return foldBatch(jobs, { view, nowMs, admit: () => {}, onBug: (error) => ok(false, `${error}`) });
}

const itemId = fc.integer({ min: 0, max: 40 }).map((index) => `i${index}`);
type Intent = { readonly [Type in OpType]: readonly [Type, Payloads[Type]] }[OpType];
const intent: fc.Arbitrary<Intent> = fc.oneof(
  { weight: 8, arbitrary: itemId.map((id) => add(id)) },
  fc.array(itemId, { minLength: 1, maxLength: 3 }).map((ids) => add(...ids)),
  itemId.map((id) => ['playlist.add', { ...add(id)[1], after: null }] as const),
  itemId.map((id) => ['playlist.remove', { itemId: id }] as const),
  fc.constant(['group.update', { policies: { add: 'owners' } }] as const),
  fc
    .tuple(itemId, fc.boolean())
    .map(
      ([id, playing]) =>
        [
          'playback.set',
          { itemId: id, positionMs: 0, atServerMs: nowMs, playing, rate: 1 },
        ] as const,
    ),
);
const sent = fc.record({
  by: fc.constantFrom('ana', 'bo'),
  ops: fc.array(
    fc.record({
      intent,
      skip: fc.constantFrom(0, 0, 0, 0, 0, 1, -2),
      aheadMs: fc.constantFrom(0, 0, 0, 0, 2 * limits.maxClockAheadMs),
      author: fc.constantFrom('own', 'own', 'own', 'own', 'own', 'another'),
      seq: fc.constantFrom(0, 0, 1, 3, 5, 9_999),
    }),
    { minLength: 1, maxLength: 14 },
  ),
});

function jobsOf(pushes: readonly (typeof sent extends fc.Arbitrary<infer T> ? T : never)[]) {
  const numbers = new Map<string, number>();
  return pushes.map(({ by, ops }) => {
    const replicaId = `phone-${by}`;
    const made = ops.map(({ intent: [type, payload], skip, aheadMs, author, seq }) => {
      const number = Math.max(1, (numbers.get(by) ?? 0) + 1 + skip);
      numbers.set(by, number);
      return testReplica(by).op(type, payload, {
        number,
        authorId: author === 'own' ? by : 'eve',
        stamp: formatHlc(nowMs + aheadMs, number, replicaId),
        base: { generation: 1, seq },
      });
    });
    return [made, by] as const;
  });
}

describe('tracks judged as a whole', () => {
  it('come to what they come to one by one, whatever stands between them', () => {
    fc.assert(
      fc.property(fc.array(sent, { minLength: 1, maxLength: 6 }), (pushes) => {
        const jobs = jobsOf(pushes);
        const whole = folded(
          jobs.map(([ops, by]) => pushOf(ops, false, by)),
          start,
        );
        const singly = folded(
          jobs.map(([ops, by]) => pushOf(ops, true, by)),
          start,
        );
        equal(stateHash(whole.state), stateHash(singly.state));
        equal(whole.count, singly.count);
        deepEqual(opsOf(whole), opsOf(singly));
        deepEqual([...whole.verdicts.values()], [...singly.verdicts.values()]);
      }),
    );
  });

  it('end where the playlist is full', () => {
    const phone = testReplica('ana');
    const adds = (count: number, name: string) =>
      Array.from({ length: count }, (_, index) => phone.op(...add(`${name}${index}`)));
    const nearlyFull = adds(limits.maxPlaylistItems - 2, 'a');
    const last = adds(4, 'b');
    const { verdicts, state } = folded([pushOf(nearlyFull, false), pushOf(last, false)], start);
    const [, verdict] = [...verdicts.values()];
    deepEqual(verdict?.applied, [[limits.maxPlaylistItems - 1, limits.maxPlaylistItems]]);
    deepEqual(
      verdict?.refused.map(([number, code]) => [number, code]),
      [
        [limits.maxPlaylistItems + 1, 'quota-exceeded'],
        [limits.maxPlaylistItems + 2, 'quota-exceeded'],
      ],
    );
    equal(state.kind === 'group' && state.playlist.items.size, limits.maxPlaylistItems);
  });
});

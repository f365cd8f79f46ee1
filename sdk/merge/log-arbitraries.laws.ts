import fc from 'fast-check';
import { formatHlc } from '../clock/hlc.ts';
import type { Op } from '../protocol/ops.ts';
import type { OpType, Payloads } from '../protocol/payloads.ts';
import { startMs } from './test-log.ts';

/** Few ids, so that ops meet, and some that nothing creates. */
const itemId = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'unknown');
const userId = fc.constantFrom('ana', 'bo', 'cy');
const sessionId = fc.constantFrom('s1', 's2', 's3');
const placeId = fc.constantFrom('p1', 'p2');
const messageId = fc.constantFrom('m1', 'm2', 'm3');
const code = fc.constantFrom('abc', 'def');
const text = fc.constantFrom('hi', 'hello', 'hey');
const durationMs = fc.constantFrom(1_000, 20_000, 60_000);
const role = fc.constantFrom('owner' as const, 'moderator' as const, 'member' as const);

const track = fc.record({ itemId, title: text, durationMs }, { requiredKeys: ['itemId', 'title'] });

const policies = fc.record({
  join: fc.constantFrom('open' as const, 'invited' as const),
  add: fc.constantFrom('everyone' as const, 'owners' as const),
  control: fc.constantFrom('everyone' as const, 'owners' as const, 'chosen' as const),
});

const coordinate = fc.integer({ min: -80, max: 80 });

/** Payloads of every type a group's log may hold. */
export const groupPayloads: {
  readonly [Type in Exclude<
    OpType,
    'profile.update' | 'profile.answer' | 'log.prune'
  >]: fc.Arbitrary<Payloads[Type]>;
} = {
  'playback.set': fc.record({
    itemId: fc.option(itemId),
    positionMs: fc.nat(90_000),
    atServerMs: fc.integer({ min: startMs, max: startMs + 400_000 }),
    playing: fc.boolean(),
    rate: fc.constantFrom(1, 2),
  }),
  'repeat.set': fc.record({ mode: fc.constantFrom('off', 'one', 'all') }),
  'shuffle.set': fc.record({ on: fc.boolean(), seed: fc.nat(3) }),
  'playlist.add': fc.record(
    { items: fc.array(track, { minLength: 1, maxLength: 3 }), after: fc.option(itemId) },
    { requiredKeys: ['items'] },
  ),
  'playlist.remove': fc.record({ itemId }),
  'playlist.move': fc.record({ itemId, after: fc.option(itemId) }),
  'playlist.amend': fc.record({ itemId, durationMs }),
  'group.create': fc.record({ name: text, policies }),
  'group.update': fc.record(
    { name: text, photoFileId: fc.option(code), policies },
    { requiredKeys: [] },
  ),
  'group.delete': fc.constant({}),
  'members.join': fc.record(
    { memberId: userId, name: text, role, invitation: code },
    { requiredKeys: ['memberId', 'name', 'role'] },
  ),
  'members.leave': fc.constant({}),
  'members.remove': fc.record({ memberId: userId, ban: fc.boolean() }),
  'members.role': fc.record({ memberId: userId, role }),
  'members.describe': fc.record({ name: text, photoFileId: fc.option(code) }, { requiredKeys: [] }),
  'invitations.create': fc.record(
    { code, expiresAtMs: fc.constant(startMs), uses: fc.nat(2) },
    { requiredKeys: ['code'] },
  ),
  'invitations.revoke': fc.record({ code }),
  'session.start': fc.record({ sessionId }),
  'session.join': fc.record({ sessionId }),
  'session.leave': fc.record({ sessionId }),
  'session.end': fc.record({ sessionId }),
  'session.plan': fc.record({ sessionId, atMs: fc.constant(startMs) }),
  'places.save': fc.record({ placeId, name: text, lat: coordinate, lng: coordinate }),
  'places.update': fc.record(
    { placeId, name: text, lat: coordinate, lng: coordinate },
    { requiredKeys: ['placeId'] },
  ),
  'places.remove': fc.record({ placeId }),
  'messages.send': fc.record({ messageId, text }),
  'messages.edit': fc.record({ messageId, text }),
  'reactions.set': fc.record(
    { itemId, like: fc.boolean(), skip: fc.boolean(), rating: fc.integer({ min: 1, max: 5 }) },
    { requiredKeys: ['itemId'] },
  ),
};

export const userPayloads: {
  readonly [Type in 'profile.update' | 'profile.answer']: fc.Arbitrary<Payloads[Type]>;
} = {
  'profile.update': fc.record(
    { name: text, photoFileId: fc.option(code), aiOptIn: fc.boolean() },
    { requiredKeys: [] },
  ),
  'profile.answer': fc.record({
    conflictId: fc.constantFrom('name-1', 'name-2', 'aiOptIn-1'),
    field: fc.constantFrom('name', 'photoFileId', 'aiOptIn'),
    value: fc.option(text),
  }),
};

/** What the server prunes. It forgets on purpose, so that laws about what is remembered do not hold of it. */
export const prunePayload: { readonly 'log.prune': fc.Arbitrary<Payloads['log.prune']> } = {
  'log.prune': fc.record({
    seq: fc.nat(40),
    beforeMs: fc.constantFrom(startMs, startMs + 200_000),
    replicas: fc.array(userId, { maxLength: 2 }),
  }),
};

/** An op and when the log takes it, ms after the one before. */
export interface Entry {
  readonly op: Op;
  readonly passedMs: number;
}

/** Logs of up to 40 ops of the given types by three replicas, some made long before the log took them. */
export function logsOf(
  payloads: Readonly<Partial<Record<OpType, fc.Arbitrary<unknown>>>>,
): fc.Arbitrary<readonly Entry[]> {
  const intents = Object.entries(payloads).map(([type, payload]) =>
    fc.record({ type: fc.constant(type), payload }),
  );
  const step = fc.record({
    intent: fc.oneof(...intents),
    by: userId,
    madeMs: fc.nat(400_000),
    unseen: fc.nat(6),
    passedMs: fc.constantFrom(0, 0, 1, 10_000, 90_000),
  });
  return fc.array(step, { maxLength: 40, size: 'max' }).map((steps) => {
    const numbers = new Map<string, number>();
    return steps.map(({ intent, by, madeMs, unseen, passedMs }, index): Entry => {
      const number = (numbers.get(by) ?? 0) + 1;
      numbers.set(by, number);
      const op = {
        ...intent,
        opId: `${by}-${number}`,
        number,
        replicaId: by,
        authorId: by,
        // The index keeps stamps apart, as counters do.
        stamp: formatHlc(startMs + madeMs, index, by),
        base: { generation: 1, seq: Math.max(0, index - unseen) },
        version: 1,
      } as Op;
      return { op, passedMs };
    });
  });
}

import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refusalOf } from '../merge/admissible.ts';
import { formatHlc, zeroHlc } from '../protocol/hlc.ts';
import { groupScope } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import { protocolVersion } from '../protocol/version.ts';
import { noChange, type OutboxEntry } from '../store/journal.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { virtualScheduler } from '../testing/virtual-scheduler.ts';
import { noSurroundings } from './scheduler.ts';
import { type OpUpgrade, opUpgrades, upgradeOutbox } from './upgrade-outbox.ts';

const crew = groupScope('crew');

/** Two versions that never were: in the first messages had a body, in the second a text without an id. */
const upgrades: readonly OpUpgrade[] = [
  {
    from: -1,
    upgrade: ({ payload }) => {
      const { body } = payload as unknown as { body: string };
      return { payload: { text: body } };
    },
  },
  {
    from: 0,
    upgrade: ({ type, opId, payload }) =>
      String(type) === 'chat.say'
        ? { type: 'messages.send', payload: { ...payload, messageId: opId } }
        : {},
  },
];

function left(version: number, type: string, payload: object, number: number): OutboxEntry {
  const op = {
    ...{ type, payload, version, number, opId: `tab-${number}`, replicaId: 'phone' },
    ...{ authorId: 'ana', base: { generation: 1, seq: 0 } },
    stamp: formatHlc(1_699_999_999_000, number, 'tab'),
  } as unknown as Op;
  const rest = { frozen: false, provisional: false, attempts: 0, dependsOn: [], setAside: null };
  return { scope: crew, op, madeAfter: zeroHlc, ...rest };
}

describe('An outbox that an earlier version left', () => {
  it('[OP20] is brought up to this version through every one between, op by op', () => {
    const old = [
      left(-1, 'chat.say', { body: 'hi' }, 1),
      left(0, 'chat.say', { text: 'ho' }, 2),
      left(0, 'repeat.set', { mode: 'all' }, 3),
      left(1, 'repeat.set', { mode: 'off' }, 4),
    ];
    const now = upgradeOutbox(old, 1, upgrades);
    deepEqual(
      now.map(({ op: { type, payload, version, number, opId } }) => [
        ...[type, payload, version, number, opId],
      ]),
      [
        ['messages.send', { text: 'hi', messageId: 'tab-1' }, 1, 1, 'tab-1'],
        ['messages.send', { text: 'ho', messageId: 'tab-2' }, 1, 2, 'tab-2'],
        ['repeat.set', { mode: 'all' }, 1, 3, 'tab-3'],
        ['repeat.set', { mode: 'off' }, 1, 4, 'tab-4'],
      ],
    );
    deepEqual(
      now.map(({ op }) => op.stamp),
      old.map(({ op }) => op.stamp),
    );
    equal(now[3], old[3]);
  });

  it('[OP20] stays as it is where no step leads on, and so does what a later version left', () => {
    const kept = [left(-2, 'chat.say', {}, 1), left(7, 'chat.sing', {}, 2)];
    deepEqual(upgradeOutbox(kept, 1, upgrades), kept);
  });

  it('[OP20] has a step from every version that is still answered', () => {
    deepEqual(
      opUpgrades.map(({ from }) => from),
      Array.from({ length: protocolVersion - 1 }, (_, at) => at + 1),
    );
  });

  it('[OP20] [OP22] is sent in this version, under the numbers that it had', async () => {
    const scheduler = virtualScheduler();
    const server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    const journal = memoryJournal('phone');
    await journal.write({
      ...noChange,
      enqueue: [left(-1, 'chat.say', { body: 'hi' }, 1), left(0, 'chat.say', { text: 'ho' }, 2)],
    });
    const engine = await loopbackEngine({
      ...{ refusalOf, server: 'loopback:', site: 'pk_test', userId: 'ana', scheduler, journal },
      openLink: loopbackNetwork(server, 'ana', scheduler.after).openLink,
      ...{ surroundings: noSurroundings, token: async () => 'token', random: Math.random },
      upgrades,
    });
    engine.start();
    await scheduler.advance(1_000);
    const state = server.stateOf(crew);
    deepEqual(state.kind === 'group' && state.messages.toArray().map(({ text }) => text), [
      'hi',
      'ho',
    ]);
    deepEqual(state.applied.get('phone'), [[1, 2]]);
    equal(engine.status$.value.pending, 0);
  });
});

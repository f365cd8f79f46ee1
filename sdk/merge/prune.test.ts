import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Payloads } from '../protocol/payloads.ts';
import { refusalOf } from './admissible.ts';
import { emptyState, foldOp } from './fold.ts';
import { type Entry, groupPayloads, logsOf, prunePayload } from './log-arbitraries.laws.ts';
import { decodeSnapshot, encodeSnapshot, stateHash } from './snapshot.ts';
import type { ScopeState } from './states.ts';
import { startMs, TestLog } from './test-log.ts';
import { visibleTo } from './visible.ts';

describe('A logged pruning', () => {
  const trip = (): TestLog => {
    const log = new TestLog();
    const policies = { join: 'open', add: 'everyone', control: 'everyone' } as const;
    log.append('group.create', { name: 'Road', policies });
    log.append('members.join', { memberId: 'ana', name: 'Ana', role: 'owner' });
    log.append('members.join', { memberId: 'bo', name: 'Bo', role: 'member' }, { by: 'bo' });
    return log.add(['a', 'b', 'c']);
  };
  const prune = (log: TestLog, over: Partial<Payloads['log.prune']> = {}): void => {
    const payload = { seq: log.ops.length, beforeMs: startMs, replicas: [], ...over };
    log.append('log.prune', payload, { by: 'server' });
  };

  it('[LG21] drops tombstones up to the place that it names, and no others', () => {
    const log = trip();
    log.append('playlist.remove', { itemId: 'a' });
    const seq = log.ops.length;
    log.append('playlist.remove', { itemId: 'b' });
    prune(log, { seq });
    deepEqual([...log.group.playlist.removed.keys()], ['b']);
    equal(log.order, 'c');
  });

  it('[LG21] drops the reactions to tracks that are gone, and where runs ended', () => {
    const log = trip();
    for (const itemId of ['a', 'c']) log.append('reactions.set', { itemId, like: true });
    log.append('playlist.remove', { itemId: 'a' });
    prune(log);
    deepEqual([...log.group.reactions.keys()], ['c ana']);
    equal(log.group.playlist.runs.size, 0);
  });

  it('[LG21] keeps the reactions to what the history shows, though it left the playlist', () => {
    const log = trip();
    log.append('session.start', { sessionId: 's' });
    log.play('a', 1_000).append('reactions.set', { itemId: 'a', like: true }, { atMs: 9_000 });
    log.append('playlist.remove', { itemId: 'a' });
    prune(log);
    deepEqual([...log.group.reactions.keys()], ['a ana']);
  });

  it('[LG21] drops invitations that let nobody in any more', () => {
    const log = trip();
    log.append('invitations.create', { code: 'open' });
    log.append('invitations.create', { code: 'late', expiresAtMs: startMs - 1 });
    log.append('invitations.create', { code: 'spent', uses: 1 });
    log.append('invitations.create', { code: 'revoked' });
    log.append('invitations.revoke', { code: 'revoked' });
    const cy = { memberId: 'cy', name: 'Cy', role: 'member', invitation: 'spent' } as const;
    log.append('members.join', cy);
    prune(log);
    deepEqual([...log.group.invitations.keys()], ['open']);
  });

  it('[LG21] drops places that were removed before the time that it names', () => {
    const log = trip();
    for (const placeId of ['old', 'new', 'kept']) {
      const madeMs = placeId === 'new' ? 9_000 : 1_000;
      log.append('places.save', { placeId, name: placeId, lat: 1, lng: 1 }, { madeMs });
    }
    for (const placeId of ['old', 'new']) log.append('places.remove', { placeId });
    prune(log, { beforeMs: startMs + 5_000 });
    deepEqual([...log.group.places.keys()], ['kept', 'new']);
  });

  it('[LG21] [MG20] forgets the names of who was removed, and keeps them out all the same', () => {
    const log = trip();
    log.append('invitations.create', { code: 'early' });
    log.append('members.remove', { memberId: 'bo' });
    prune(log);
    deepEqual(log.group.members.former.get('bo'), { seq: 8, how: 'removed', name: '' });
    const again = { memberId: 'bo', name: 'Bo', role: 'member', invitation: 'early' } as const;
    const op = log.make('members.join', again);
    equal(refusalOf(log.state, op, startMs)?.code, 'removed');
  });

  it('[LG21] forgets the numbers of silent replicas, and says until when they may have written', () => {
    const log = trip();
    log.append('messages.send', { messageId: 'm', text: 'hi' }, { by: 'bo', replicaId: 'old' });
    prune(log, { beforeMs: startMs + 7, replicas: ['old', 'unknown'] });
    equal(log.state.applied.has('old'), false);
    equal(log.state.applied.has('ana'), true);
    equal(log.state.forgottenMs, startMs + 7);
    prune(log, { beforeMs: startMs + 9 });
    equal(log.state.forgottenMs, startMs + 7);
  });

  it('[LG21] forgets replicas of a person’s own scope as well', () => {
    const log = new TestLog('u:ana');
    log.append('profile.update', { name: 'Ana' }, { replicaId: 'old' });
    prune(log, { replicas: ['old'] });
    equal(log.user.applied.has('old'), false);
    equal(log.user.fields.name?.value, 'Ana');
  });

  it('[MG9] [OP8] lets nothing come back that was pruned: moving and liking it are refused', () => {
    const log = trip();
    log.append('playlist.remove', { itemId: 'a' });
    prune(log);
    for (const op of [
      log.make('playlist.move', { itemId: 'a', after: null }),
      log.make('reactions.set', { itemId: 'a', like: true }),
    ]) {
      equal(refusalOf(log.state, op, startMs)?.code, 'not-found');
      equal(log.fold(op) && log.order, 'b c');
    }
  });

  const logs = logsOf({ ...groupPayloads, ...prunePayload });
  const holds = (law: (log: readonly Entry[], cut: number) => boolean): void =>
    fc.assert(
      fc.property(logs, fc.nat(40), (log, at) => law(log, Math.min(at, log.length))),
      { numRuns: 200 },
    );

  it('[LG21] [OP13] [OP12] prunes at the same place whatever the log was cut into', () => {
    holds((log, cut) => {
      const prefix = folded(log.slice(0, cut));
      const before = stateHash(prefix);
      const whole = stateHash(folded(log, {}));
      return stateHash(folded(log, {}, prefix, cut)) === whole && stateHash(prefix) === before;
    });
  });

  it('[LG21] [SN1] leads to the same state from a snapshot', () => {
    holds((log, cut) => {
      const json = JSON.parse(JSON.stringify(encodeSnapshot(folded(log.slice(0, cut)))));
      const back = decodeSnapshot('g:road', json);
      return stateHash(folded(log, {}, back, cut)) === stateHash(folded(log));
    });
  });

  it('[LG21] [SN8] leads to the same for who may not see all of it', () => {
    holds((log) => {
      const state = folded(log);
      const op = log.find((entry) => entry.op.type === 'log.prune')?.op;
      if (!op) return true;
      const late = { ...op, number: 999 };
      return ['ana', 'bo', 'cy'].every(
        (userId) =>
          stateHash(foldOp(visibleTo(state, userId), late, at(99))) ===
          stateHash(visibleTo(foldOp(state, late, at(99)), userId)),
      );
    });
  });
});

function at(seq: number, edit: object = {}): Parameters<typeof foldOp>[2] {
  return { at: { generation: 1, seq, atMs: startMs + seq }, edit };
}

function folded(
  log: readonly Entry[],
  edit?: object,
  start: ScopeState = emptyState('g:road'),
  from = 0,
): ScopeState {
  return log
    .slice(from)
    .reduce((state, { op }, index) => foldOp(state, op, at(from + index + 1, edit ?? {})), start);
}

import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JamzError } from '../protocol/errors.ts';
import { decodeSnapshot, encodeSnapshot, stateHash } from './snapshot.ts';
import { startMs, TestLog } from './test-log.ts';
import { visibleTo } from './visible.ts';

/** A group with something of every kind. */
function fullGroup(): TestLog {
  const log = new TestLog();
  const policies = { join: 'open', add: 'everyone', control: 'chosen' } as const;
  log.append('group.create', { name: 'Trip “é”', policies });
  log.append('members.join', { memberId: 'ana', name: 'Ana', role: 'owner' });
  log.append('members.join', { memberId: 'bo', name: 'Bo', role: 'member' });
  log.append('members.remove', { memberId: 'bo' });
  log.append('members.describe', { name: 'Annie' });
  log.append('members.join', { memberId: 'bo', name: 'Bo', role: 'member' });
  log.append('members.remove', { memberId: 'bo', ban: true });
  log.append('members.join', { memberId: 'cy', name: 'Cy', role: 'member' });
  log.append('members.leave', {}, { by: 'cy' });
  log.append('messages.send', { messageId: 'n', text: 'between us' });
  log.append('members.join', { memberId: 'cy', name: 'Cy', role: 'member' });
  log.append('invitations.create', { code: 'abc', uses: 3, expiresAtMs: startMs + 9 });
  log.append('invitations.create', { code: 'def' });
  log.add(['a', 'b', 'c'], {}, 60_000).add(['d', 'e']);
  const full = { itemId: 'f', title: 'f', artist: 'F', fileId: 'x', url: 'https://x.example/f' };
  log.append('playlist.add', { items: [{ ...full, trackId: 't' }], after: 'a' }, { by: 'bo' });
  log.append('playlist.remove', { itemId: 'e' });
  log.play('a', 0);
  log.append('shuffle.set', { on: true, seed: 9 }, { atMs: 61_000 });
  log.append('repeat.set', { mode: 'all' });
  log.append('session.start', { sessionId: 's1' });
  log.append('session.end', { sessionId: 's1' });
  log.append('session.start', { sessionId: 's2' });
  log.append('session.plan', { sessionId: 's3', atMs: startMs });
  log.append('places.save', { placeId: 'p', name: 'Home', lat: 1.5, lng: -2 });
  log.append('places.update', { placeId: 'p', lat: 3 });
  log.append('messages.send', { messageId: 'm', text: 'hi' });
  log.append('messages.edit', { messageId: 'm', text: 'hello' });
  log.append('reactions.set', { itemId: 'a', like: true, rating: 5 });
  return log;
}

function visible(log: TestLog, userId: string): TestLog {
  log.state = visibleTo(log.state, userId);
  return log;
}

function person(): TestLog {
  const log = new TestLog('u:ana');
  log.append('profile.update', { name: 'Ana', aiOptIn: true }, { replicaId: 'phone', seen: 0 });
  const photoFileId = null;
  log.append('profile.update', { name: 'Anna', photoFileId }, { replicaId: 'laptop', seen: 0 });
  return log;
}

const roundTrip = (log: TestLog, scope: 'g:road' | 'u:ana') =>
  decodeSnapshot(scope, JSON.parse(JSON.stringify(encodeSnapshot(log.state))));

describe('snapshot', () => {
  for (const [name, log, scope] of [
    ['a group with something of every kind', fullGroup(), 'g:road'],
    ['a person with an open conflict', person(), 'u:ana'],
    ['what somebody who came back may see', visible(fullGroup(), 'cy'), 'g:road'],
    ['an empty group', new TestLog(), 'g:road'],
    ['an empty person', new TestLog('u:ana'), 'u:ana'],
  ] as const) {
    it(`[SN11] [CF5] brings back ${name}, in every part`, () => {
      const back = roundTrip(log, scope);
      deepEqual(plain(back), plain(log.state));
      equal(stateHash(back), stateHash(log.state));
    });
  }

  it('[SN1] folds on as the state it was made of', () => {
    const log = fullGroup();
    const other = new TestLog();
    other.state = roundTrip(log, 'g:road');
    for (const each of [log, other]) {
      const op = { items: [{ itemId: 'z', title: 'z' }], after: 'a' };
      each.append('playlist.add', op, { by: 'di', seen: 3, atMs: 400_000 });
    }
    deepEqual(other.group.playlist.order.toArray(), log.group.playlist.order.toArray());
    deepEqual(other.group.plays, log.group.plays);
  });

  it('[SN11] differs in its hash wherever the states differ', () => {
    const hashes = new Set([stateHash(new TestLog().state)]);
    const log = fullGroup();
    hashes.add(stateHash(log.state));
    log.append('reactions.set', { itemId: 'a', like: false });
    hashes.add(stateHash(log.state));
    equal(hashes.size, 3);
  });

  it('[SN2] [SN6] is refused when damaged, of another kind of scope or of another fold version', () => {
    const whole = JSON.parse(JSON.stringify(encodeSnapshot(fullGroup().state)));
    const cut = structuredClone(whole);
    cut.state[4][2] = ['too short'];
    const swapped = structuredClone(whole);
    swapped.state[1][0][0] = 7;
    for (const json of [null, [], 'x', {}, cut, swapped, { ...whole, foldVersion: 99 }]) {
      throws(() => decodeSnapshot('g:road', json), isInvalid);
    }
    throws(() => decodeSnapshot('u:ana', whole), isInvalid);
  });

  it('takes no more than 70 bytes for an item before it is deflated', () => {
    const log = new TestLog();
    for (let count = 0; count < 1_000; count++) {
      const itemId = `item${count}`.padEnd(12, 'x');
      const fileId = `file${count}`.padEnd(12, 'x');
      const item = {
        itemId,
        fileId,
        title: `Song ${count}`,
        artist: 'Somebody',
        durationMs: 180_000 + count,
      };
      log.append('playlist.add', { items: [item] });
    }
    ok(JSON.stringify(encodeSnapshot(log.state)).length < 70 * 1_000);
  });
});

function isInvalid(error: unknown): boolean {
  return error instanceof JamzError && error.code === 'invalid';
}

/** Maps as lists of entries, so that two states compare whatever their trees look like. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  if ('entries' in value && typeof value.entries === 'function') {
    return { map: [...value.entries()].map(plain) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

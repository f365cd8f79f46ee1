import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../protocol/limits.ts';
import type { Op } from '../protocol/ops.ts';
import type { OpType, Payloads } from '../protocol/payloads.ts';
import { refusalOf } from './admissible.ts';
import { mapFrom } from './sorted-map.ts';
import type { PlacedItem } from './states.ts';
import { type OpDetails, startMs, TestLog } from './test-log.ts';

function group(): TestLog {
  const log = new TestLog();
  const policies = { join: 'invited', add: 'everyone', control: 'everyone' } as const;
  log.append('group.create', { name: 'Trip', policies });
  log.append('members.join', { memberId: 'ana', name: 'Ana', role: 'owner' });
  log.append('members.join', { memberId: 'bo', name: 'Bo', role: 'member' });
  return log.add(['a']);
}

function codeFor<Type extends OpType>(
  log: TestLog,
  type: Type,
  payload: Payloads[Type],
  details?: OpDetails,
): string {
  const op = log.make(type, payload, details) as unknown as Op;
  return refusalOf(log.state, op, startMs)?.code ?? 'ok';
}

const record = { itemId: 'a', positionMs: 0, atServerMs: startMs, playing: true, rate: 1 };
const track = { itemId: 'b', title: 'b' };
const home = { placeId: 'p', name: 'Home', lat: 1, lng: 2 };

describe('what a state cannot take', () => {
  it('[OB16] is an op of the other kind of scope', () => {
    equal(codeFor(group(), 'profile.update', { name: 'x' }), 'invalid');
    equal(codeFor(new TestLog('u:ana'), 'messages.send', { messageId: 'm', text: 'x' }), 'invalid');
    equal(codeFor(new TestLog('u:ana'), 'profile.update', { name: 'x' }), 'ok');
  });

  it('is anything once the group is deleted', () => {
    const log = group();
    log.append('group.delete', {});
    equal(codeFor(log, 'messages.send', { messageId: 'm', text: 'x' }), 'gone');
  });

  it('[OP8] is an op on a track that is not there', () => {
    const log = group();
    for (const itemId of ['a', 'x']) {
      const expected = itemId === 'a' ? 'ok' : 'not-found';
      equal(codeFor(log, 'playback.set', { ...record, itemId }), expected);
      equal(codeFor(log, 'playlist.remove', { itemId }), expected);
      equal(codeFor(log, 'playlist.move', { itemId, after: null }), expected);
      equal(codeFor(log, 'playlist.amend', { itemId, durationMs: 1 }), expected);
      equal(codeFor(log, 'reactions.set', { itemId, like: true }), expected);
    }
    equal(codeFor(log, 'playback.set', { ...record, itemId: null }), 'ok');
  });

  it('is an item id that is or was in the playlist, or comes twice', () => {
    const log = group();
    equal(codeFor(log, 'playlist.add', { items: [track], after: 'nowhere' }), 'ok');
    equal(codeFor(log, 'playlist.add', { items: [track, track] }), 'invalid');
    equal(codeFor(log, 'playlist.add', { items: [{ ...track, itemId: 'a' }] }), 'invalid');
    log.append('playlist.remove', { itemId: 'a' });
    equal(codeFor(log, 'playlist.add', { items: [{ ...track, itemId: 'a' }] }), 'invalid');
  });

  it('is one track more than a playlist holds', () => {
    const log = group();
    const item = log.group.playlist.items.get('a') as PlacedItem;
    const items = mapFrom(
      Array.from({ length: limits.maxPlaylistItems }, (_, at) => [
        String(at).padStart(6, '0'),
        item,
      ]),
    );
    log.state = { ...log.group, playlist: { ...log.group.playlist, items } };
    equal(codeFor(log, 'playlist.add', { items: [track] }), 'quota-exceeded');
  });

  it('is a command for a time still to come', () => {
    const atServerMs = startMs + limits.maxClockAheadMs + 1;
    equal(codeFor(group(), 'playback.set', { ...record, atServerMs }), 'clock-ahead');
  });

  it('[MG12] is control from outside the session that runs, or after it has ended', () => {
    const log = group();
    log.append('session.start', { sessionId: 's' });
    equal(codeFor(log, 'playback.set', record), 'ok');
    equal(codeFor(log, 'playback.set', record, { by: 'bo' }), 'forbidden');
    log.append('session.end', { sessionId: 's' });
    equal(codeFor(log, 'playback.set', record), 'not-found');
  });

  it('[MG13] is a command to a session that has ended', () => {
    const log = group();
    log.append('session.start', { sessionId: 's' });
    equal(codeFor(log, 'session.join', { sessionId: 's' }), 'ok');
    log.append('session.end', { sessionId: 's' });
    for (const type of ['session.start', 'session.join', 'session.leave', 'session.end'] as const) {
      equal(codeFor(log, type, { sessionId: 's' }), 'not-found');
    }
    equal(codeFor(log, 'session.start', { sessionId: 't' }), 'ok');
  });

  it('[OP8] is an id that exists, and an op on a place or message that does not', () => {
    const log = group();
    equal(codeFor(log, 'places.update', { placeId: 'p' }), 'not-found');
    equal(codeFor(log, 'messages.edit', { messageId: 'm', text: 'y' }), 'not-found');
    log.append('places.save', home);
    log.append('messages.send', { messageId: 'm', text: 'x' });
    equal(codeFor(log, 'places.save', home), 'invalid');
    equal(codeFor(log, 'messages.send', { messageId: 'm', text: 'x' }), 'invalid');
    equal(codeFor(log, 'messages.edit', { messageId: 'm', text: 'y' }), 'ok');
    equal(codeFor(log, 'messages.edit', { messageId: 'm', text: 'y' }, { by: 'bo' }), 'forbidden');
    log.append('places.remove', { placeId: 'p' });
    equal(codeFor(log, 'places.remove', { placeId: 'p' }), 'not-found');
  });
});

describe('who cannot come, go or be changed', () => {
  it('[MG21] is the last owner', () => {
    const log = group();
    equal(codeFor(log, 'members.leave', {}), 'invalid');
    equal(codeFor(log, 'members.role', { memberId: 'ana', role: 'member' }), 'invalid');
    equal(codeFor(log, 'members.leave', {}, { by: 'bo' }), 'ok');
    log.append('members.role', { memberId: 'bo', role: 'owner' });
    equal(codeFor(log, 'members.leave', {}), 'ok');
  });

  it('[MG22] is a moderator, by another moderator', () => {
    const log = group();
    log.append('members.role', { memberId: 'bo', role: 'moderator' });
    log.append('members.join', { memberId: 'mo', name: 'Mo', role: 'moderator' });
    equal(codeFor(log, 'members.remove', { memberId: 'mo' }, { by: 'bo' }), 'forbidden');
    equal(codeFor(log, 'members.remove', { memberId: 'mo' }), 'ok');
    equal(codeFor(log, 'members.remove', { memberId: 'nobody' }), 'not-found');
  });

  it('[MG18] [MG20] is who was banned, is in already, or has a code that is unknown, revoked, expired or used up', () => {
    const log = group();
    const join = (memberId: string, invitation?: string): string => {
      const person = { memberId, name: memberId, role: 'member' as const };
      return codeFor(log, 'members.join', { ...person, ...(invitation && { invitation }) });
    };
    log.append('invitations.create', { code: 'old', expiresAtMs: startMs });
    log.append('invitations.create', { code: 'off' });
    log.append('invitations.revoke', { code: 'off' });
    log.append('invitations.create', { code: 'used', uses: 0 });
    log.append('invitations.create', { code: 'good', uses: 1 });
    log.append('members.join', { memberId: 'cy', name: 'Cy', role: 'member' });
    log.append('members.remove', { memberId: 'cy', ban: true });
    equal(join('bo'), 'invalid');
    equal(join('cy', 'good'), 'removed');
    equal(join('cy'), 'removed');
    equal(join('di', 'none'), 'not-found');
    for (const code of ['old', 'off', 'used']) equal(join('di', code), 'gone');
    equal(join('di', 'good'), 'ok');
  });

  it('[MG20] is who was removed, but for an invitation made since; who left comes back by the old one', () => {
    const log = group();
    const join = (memberId: string, invitation?: string): string => {
      const person = { memberId, name: memberId, role: 'member' as const };
      return codeFor(log, 'members.join', { ...person, ...(invitation && { invitation }) });
    };
    for (const memberId of ['cy', 'di']) {
      log.append('members.join', { memberId, name: memberId, role: 'member' });
    }
    log.append('invitations.create', { code: 'before' });
    log.append('members.remove', { memberId: 'cy' });
    log.append('members.leave', {}, { by: 'di' });
    equal(join('cy'), 'removed');
    equal(join('cy', 'before'), 'removed');
    equal(join('di'), 'ok');
    equal(join('di', 'before'), 'ok');
    log.append('invitations.create', { code: 'since' });
    equal(join('cy', 'since'), 'ok');
  });

  it('is an invitation, by a member who did not make it', () => {
    const log = group();
    log.append('invitations.create', { code: 'anas' });
    log.append('invitations.create', { code: 'bos' }, { by: 'bo' });
    equal(codeFor(log, 'invitations.revoke', { code: 'anas' }, { by: 'bo' }), 'forbidden');
    equal(codeFor(log, 'invitations.revoke', { code: 'bos' }, { by: 'bo' }), 'ok');
    equal(codeFor(log, 'invitations.revoke', { code: 'bos' }), 'ok');
    equal(codeFor(log, 'invitations.revoke', { code: 'none' }), 'not-found');
  });
});

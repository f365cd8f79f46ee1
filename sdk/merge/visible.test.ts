import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../protocol/limits.ts';
import { stateHash } from './snapshot.ts';
import type { StampedMessage } from './states.ts';
import { TestLog } from './test-log.ts';
import { visibleTo } from './visible.ts';

/** Ana speaks before Bo leaves, while Bo is away, and after Bo has come back. */
function trip(): TestLog {
  const log = new TestLog();
  log.append('members.join', { memberId: 'ana', name: 'Ana', role: 'owner' });
  log.append('members.join', { memberId: 'bo', name: 'Bo', role: 'member' });
  log.append('messages.send', { messageId: 'm1', text: 'before' });
  log.append('members.leave', {}, { by: 'bo' });
  log.append('messages.send', { messageId: 'm2', text: 'between' });
  log.append('members.join', { memberId: 'bo', name: 'Bo', role: 'member' });
  log.append('messages.send', { messageId: 'm3', text: 'after' });
  return log;
}

const messagesIn = (state: TestLog['state']): StampedMessage[] =>
  state.kind === 'group' ? state.messages.toArray() : [];
const texts = (state: TestLog['state']) => messagesIn(state).map(({ text }) => text);

describe('what a member may see', () => {
  it('is everything, for who was never away', () => {
    const { state } = trip();
    equal(visibleTo(state, 'ana'), state);
  });

  it('[SN8] leaves out what was said while they were away', () => {
    const { state } = trip();
    deepEqual(texts(visibleTo(state, 'bo')), ['before', '', 'after']);
    deepEqual(texts(state), ['before', 'between', 'after']);
  });

  it('[SN8] tells nothing of a hidden message but that there was one', () => {
    const hidden = messagesIn(visibleTo(trip().state, 'bo')).find(({ seq }) => seq === 5);
    deepEqual(
      [hidden?.authorId, hidden?.sentAtMs, hidden?.stamp, hidden?.hidden],
      ['', 0, '', true],
    );
  });

  it('[SN8] does not come out by an edit', () => {
    const log = trip();
    log.state = visibleTo(log.state, 'bo');
    log.append('messages.edit', { messageId: 'm2', text: 'between, again' });
    deepEqual(texts(log.state), ['before', '', 'after']);
  });

  it('[SN7] ages out as everything does', () => {
    const whole = trip();
    const seen = trip();
    seen.state = visibleTo(seen.state, 'bo');
    for (const log of [whole, seen]) {
      for (let count = 0; count < limits.recentMessages - 1; count++) {
        log.append('messages.send', { messageId: `n${count}`, text: 'x' });
      }
    }
    equal(stateHash(seen.state), stateHash(visibleTo(whole.state, 'bo')));
    equal(messagesIn(seen.state).length, limits.recentMessages);
  });
});

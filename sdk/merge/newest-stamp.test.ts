import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zeroHlc } from '../clock/hlc.ts';
import type { Scope } from '../protocol/ids.ts';
import { emptyState } from './fold.ts';
import { newestStamp } from './newest-stamp.ts';
import { TestLog } from './test-log.ts';

describe('the newest stamp of a state', () => {
  it('is older than every reading where nothing was stamped', () => {
    equal(newestStamp(emptyState('g:crew')), zeroHlc);
    equal(newestStamp(emptyState('u:ana')), zeroHlc);
  });

  const told: readonly (readonly [Scope, (log: TestLog) => unknown])[] = [
    ['g:crew', (log) => log.append('messages.send', { messageId: 'm', text: 'hi' })],
    ['g:crew', (log) => log.append('places.save', { placeId: 'p', name: 'Stop', lat: 1, lng: 2 })],
    ['g:crew', (log) => log.append('repeat.set', { mode: 'all' })],
    ['g:crew', (log) => log.append('group.update', { name: 'Road' })],
    ['g:crew', (log) => log.add(['a']).append('reactions.set', { itemId: 'a', like: true })],
    ['u:ana', (log) => log.append('profile.update', { name: 'Ana' })],
  ];
  for (const [scope, tell] of told) {
    const log = new TestLog(scope);
    tell(log);
    const op = log.ops.at(-1);
    it(`is that of the last ${op?.type}`, () => equal(newestStamp(log.state), op?.stamp));
  }
});

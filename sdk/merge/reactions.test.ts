import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reactionKey } from './reactions.ts';
import { TestLog } from './test-log.ts';

describe('reactions', () => {
  it('[MG25] are the last of each member, like, skip and rating apart', () => {
    const log = new TestLog().add(['a']);
    log.append('reactions.set', { itemId: 'a', rating: 4 }, { madeMs: 20 });
    log.append('reactions.set', { itemId: 'a', like: true }, { madeMs: 10 });
    log.append('reactions.set', { itemId: 'a', like: true }, { by: 'bo', madeMs: 10 });
    log.append('reactions.set', { itemId: 'a', like: false }, { by: 'bo', madeMs: 11 });
    const of = (user: string) => log.group.reactions.get(reactionKey('a', user));
    deepEqual([of('ana')?.like, of('ana')?.rating, of('bo')?.like], [true, 4, false]);
  });
});

import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nextIndex } from './tabs.ts';

describe('keys on a row of tabs', () => {
  it('go round at both ends', () => {
    equal(nextIndex('ArrowRight', 2, 3), 0);
    equal(nextIndex('ArrowLeft', 0, 3), 2);
  });

  it('jump to the first and the last', () => {
    equal(nextIndex('Home', 2, 3), 0);
    equal(nextIndex('End', 0, 3), 2);
  });

  it('lead nowhere when they mean something else', () => {
    equal(nextIndex('a', 1, 3), -1);
  });
});

import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LruMap } from './lru-map.ts';

describe('a map that forgets', () => {
  it('forgets what was used longest ago once it holds too many', () => {
    const map = new LruMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.get('a');
    map.set('c', 3);
    deepEqual([map.get('a'), map.get('b'), map.get('c')], [1, undefined, 3]);
  });

  it('holds many light values or a few heavy ones', () => {
    const map = new LruMap<string, string>(100, ({ length }) => length);
    for (let at = 0; at < 200; at++) map.set(`light ${at}`, '.');
    equal(map.size, 100);
    map.set('heavy', '.'.repeat(98));
    equal(map.size, 3);
    map.set('heavy', '.');
    map.delete('light 199');
    for (let at = 0; at < 200; at++) map.set(`more ${at}`, '.');
    equal(map.size, 100);
  });

  it('keeps what came last though it weighs too much', () => {
    const map = new LruMap<string, string>(10, ({ length }) => length);
    map.set('light', '.');
    map.set('heavy', '.'.repeat(1_000));
    deepEqual([map.get('light'), map.get('heavy')?.length], [undefined, 1_000]);
    map.set('light', '.');
    deepEqual([map.get('light'), map.get('heavy')], ['.', undefined]);
  });
});

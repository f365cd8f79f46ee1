import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { localKeyValue, type TextStorage } from './local-key-value.ts';

describe('localKeyValue', () => {
  let kept: Map<string, string>;
  let isFull: boolean;
  let storage: TextStorage;

  beforeEach(() => {
    kept = new Map();
    isFull = false;
    storage = {
      get length() {
        return kept.size;
      },
      key: (index) => [...kept.keys()][index] ?? null,
      getItem: (name) => kept.get(name) ?? null,
      setItem(name, text) {
        if (isFull) throw new DOMException('full', 'QuotaExceededError');
        kept.set(name, text);
      },
      removeItem: (name) => void kept.delete(name),
    };
  });

  it('gives back after a reload what was set before it', async () => {
    await localKeyValue('jamz:a:', storage).set('volume', { volume: 0.5 });
    deepEqual(await localKeyValue('jamz:a:', storage).get('volume'), { volume: 0.5 });
  });

  it('says undefined of what was never set', async () => {
    equal(await localKeyValue('jamz:a:', storage).get('volume'), undefined);
  });

  it('prefixes every key, so that two replicas of one page do not meet', async () => {
    await localKeyValue('jamz:a:', storage).set('volume', 1);
    equal(await localKeyValue('jamz:b:', storage).get('volume'), undefined);
    deepEqual([...kept.keys()], ['jamz:a:volume']);
  });

  it('clears its own records only', async () => {
    kept.set('of the host', '1');
    const values = localKeyValue('jamz:a:', storage);
    await values.set('one', 1);
    await values.set('two', 2);
    deepEqual(await values.keys(), ['one', 'two']);
    await values.clear();
    deepEqual([...kept.keys()], ['of the host']);
  });

  it('[ST11] keeps in memory what a full storage does not take, and the older value is gone', async () => {
    const values = localKeyValue('jamz:a:', storage);
    await values.set('user', 'Ana');
    isFull = true;
    await values.set('user', 'Bo');
    equal(await values.get('user'), 'Bo');
    deepEqual(await values.keys(), ['user']);
    equal(await localKeyValue('jamz:a:', storage).get('user'), undefined);
  });

  it('writes to storage again as soon as it takes something', async () => {
    const values = localKeyValue('jamz:a:', storage);
    isFull = true;
    await values.set('user', 'Ana');
    isFull = false;
    await values.set('user', 'Bo');
    equal(kept.get('jamz:a:user'), '"Bo"');
    equal(await values.get('user'), 'Bo');
  });

  it('[ST11] lives in memory where there is no storage', async () => {
    const values = localKeyValue('jamz:a:', undefined);
    await values.set('user', 'Ana');
    equal(await values.get('user'), 'Ana');
    await values.remove('user');
    equal(await values.get('user'), undefined);
  });

  it('rejects a record that is not its own writing', async () => {
    kept.set('jamz:a:user', '{');
    await rejects(localKeyValue('jamz:a:', storage).get('user'), SyntaxError);
  });
});

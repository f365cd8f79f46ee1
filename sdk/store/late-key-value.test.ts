import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lateKeyValue } from './late-key-value.ts';
import { memoryKeyValue } from './memory-key-value.ts';

describe('records whose code comes late', () => {
  it('are those that the code keeps', async () => {
    const kept = memoryKeyValue();
    const late = lateKeyValue(async () => kept);
    await late.set('one', 1);
    await late.set('two', 2);
    await late.remove('one');
    deepEqual([await kept.keys(), await late.keys()], [['two'], ['two']]);
    await late.clear();
    equal(await late.get('two'), undefined);
  });

  it('[ST11] live in memory until the code comes', async () => {
    const kept = memoryKeyValue();
    let isThere = false;
    const late = lateKeyValue(async () => {
      if (!isThere) throw new TypeError('Failed to fetch');
      return kept;
    });
    await late.set('one', 1);
    equal(await late.get('one'), 1);
    isThere = true;
    equal(await late.get('one'), undefined);
    await late.set('one', 2);
    equal(await kept.get('one'), 2);
  });
});

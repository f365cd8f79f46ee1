import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readChoices, writeChoices } from './choices.ts';

describe('the choices of the gallery', () => {
  it('come back from the address as they were written', () => {
    const choices = {
      theme: 'dark',
      width: 'wide',
      dir: 'rtl',
      lang: 'ar',
      find: 'offline & co',
      element: 'jamz-map',
      state: 'stale',
    } as const;
    deepEqual(readChoices(writeChoices(choices)), choices);
  });

  it('leave the address clean while nothing is chosen', () => {
    equal(writeChoices(readChoices('')), '');
  });

  it('take what nobody offers for what goes without saying', () => {
    deepEqual(readChoices('?theme=pink&dir=up'), readChoices(''));
  });
});

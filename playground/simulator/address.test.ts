import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readScript, type Script, writeScript } from './address.ts';

const fresh = (): string => 'fresh';

describe('the address of a run', () => {
  it('says everything that the run follows from', () => {
    const script: Script = {
      seed: 'a seed & more',
      phones: 5,
      life: 'everything',
      bug: 'ack-before-commit',
      done: [
        { kind: 'deed', phone: 1, what: 'add', atMs: 40 },
        { kind: 'set-clock', phone: 0, byMs: -3_600_000, atMs: 41 },
      ],
    };
    deepEqual(readScript(`#${writeScript(script)}`, fresh), script);
  });

  it('begins with four people who tap, where it says nothing', () => {
    deepEqual(readScript('', fresh), { seed: 'fresh', phones: 4, life: 'people', done: [] });
  });

  it('is taken for what it is worth where somebody has played with it', () => {
    const { phones, life, done } = readScript(
      '#phones=900&life=chaos&done=[{"kind":3},null,{"kind":"tunnel","atMs":-1}]',
      fresh,
    );
    deepEqual([phones, life, done], [6, 'people', []]);
    deepEqual(readScript('#done=[', fresh).done, []);
  });

  it('leaves out deeds that no address could hold', () => {
    const done = Array.from({ length: 1_000 }, (_, atMs) => ({
      kind: 'deed' as const,
      phone: 0,
      what: 'add' as const,
      atMs,
    }));
    const script: Script = { seed: 's', phones: 2, life: 'nobody', done };
    equal(readScript(writeScript(script), fresh).done.length, 0);
  });
});

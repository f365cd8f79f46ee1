import { deepEqual, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRefuseGuessable } from './guessable-passwords.ts';

describe('passwords that are easily guessed', () => {
  const refuseGuessable = createRefuseGuessable();
  const about = ['ana.moser@rides.example', 'Ana Moser'];

  for (const [what, password] of [
    ['is among the most common', 'baseball1'],
    ['is among the most common, in other letters', 'PassWord1'],
    ['is the name of this service with a year', 'TrafficJamz2026!'],
    ['is the person’s address', 'ana.moser@rides.example'],
    ['is the part of the address before the sign', 'ana.moser1'],
    ['is the person’s name', 'Ana Moser 1987'],
  ] as const) {
    it(`[ID15] are refused: one that ${what}`, async () => {
      await rejects(refuseGuessable(password, about), { code: 'invalid', message: /guessed/ });
    });
  }

  it('[ID15] are not those that hold such a word among others, nor figures alone', async () => {
    for (const password of ['ana moser likes gravel', '83915527064', 'correct horse battery']) {
      await refuseGuessable(password, about);
    }
  });

  it('[ID18] are those that leaked anywhere, where a service is asked', async () => {
    const asked: string[] = [];
    const refuse = createRefuseGuessable(async (password) => {
      asked.push(password);
      return password === 'a long one that leaked';
    });
    await rejects(refuse('a long one that leaked', about), { code: 'invalid', message: /leaked/ });
    await refuse('a long one that did not', about);
    await rejects(refuse('baseball1', about), { message: /guessed/ });
    deepEqual(asked, ['a long one that leaked', 'a long one that did not']);
  });
});

import { equal, match, notEqual } from 'node:assert/strict';
import { argon2Sync, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { hashPassword, passwordMatches } from './password.ts';

describe('passwords', () => {
  it('are kept as a PHC string of argon2id with the parameters that OWASP asks for', async () => {
    match(
      await hashPassword('correct horse', randomBytes),
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
  });

  it('match themselves and nothing else', async () => {
    const phc = await hashPassword('correct horse', randomBytes);
    equal(await passwordMatches('correct horse', phc), true);
    equal(await passwordMatches('correct horsE', phc), false);
  });

  it('have a salt each, so that equal passwords look different', async () => {
    notEqual(await hashPassword('same', randomBytes), await hashPassword('same', randomBytes));
  });

  it('match however a keyboard composes the letters', async () => {
    const phc = await hashPassword('caf\u00e9 noir', randomBytes);
    equal(await passwordMatches('cafe\u0301 noir', phc), true);
  });

  it('are checked with the parameters they were made with, when ours have moved on', async () => {
    // RFC 9106's own function with m=64 KiB, t=3: made by node:crypto from "old" and a salt of sixteen zeros.
    const nonce = Buffer.alloc(16);
    const parameters = {
      message: 'old',
      nonce,
      parallelism: 1,
      tagLength: 24,
      memory: 64,
      passes: 3,
    };
    const key = argon2Sync('argon2id', parameters).toString('base64').replace(/=+$/, '');
    const salt = nonce.toString('base64').replace(/=+$/, '');
    equal(await passwordMatches('old', `$argon2id$v=19$m=64,t=3,p=1$${salt}$${key}`), true);
  });

  it('never match where there is no account or no password', async () => {
    equal(await passwordMatches('', null), false);
    equal(await passwordMatches('anything', 'not a PHC string'), false);
  });
});

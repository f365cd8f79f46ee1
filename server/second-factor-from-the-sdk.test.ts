import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connect, type Jamz } from '../sdk/index.ts';
import { codeOf, stepMs } from './accounts/totp.ts';
import { bytesOf } from './accounts/totp-fixture.ts';
import { createMailbox } from './mail-fixture.ts';
import { type TestServer, testServer } from './test-server.ts';

const email = 'ana@x.example';
const password = 'correct horse battery';

describe('a second factor, from the SDK', () => {
  let server: TestServer;
  let nowMs = Date.now();
  const open: Jamz[] = [];
  before(async () => {
    const mailbox = createMailbox();
    server = await testServer({ mailer: mailbox.mailer, clock: { nowMs: () => nowMs } });
  });
  after(async () => {
    await Promise.all(open.map((jamz) => jamz.close()));
    await server.close();
  });

  const replica = (): Jamz => {
    const jamz = connect({ server: server.base, site: 'pk_demo', storage: 'memory' });
    open.push(jamz);
    return jamz;
  };

  it('[ID24] [ID25] is turned on, asked for, replaced by a code for recovery, and turned off', async () => {
    const { session } = replica();
    await session.signUp({ email, password, name: 'Ana' });
    const before = await session.secondFactor();
    equal(before.on, false);
    await rejects(before.begin('wrong'), { code: 'forbidden' });
    const { secret, uri } = await before.begin(password);
    equal(new URL(uri).searchParams.get('secret'), secret);
    const nextCode = (): string => {
      nowMs += stepMs;
      return codeOf(bytesOf(secret), Math.floor(nowMs / stepMs));
    };
    const codes = await before.confirm(nextCode());
    equal(codes.length, 10);

    const elsewhere = replica().session;
    await rejects(elsewhere.signIn({ email, password }), { code: 'forbidden' });
    equal(elsewhere.user$.value, null);
    await rejects(elsewhere.signIn({ email, password, code: '000000' }), {
      code: 'unauthenticated',
    });
    equal((await elsewhere.signIn({ email, password, code: nextCode() })).name, 'Ana');
    await replica().session.signIn({ email, password, code: codes[0] ?? '' });

    const { on, recoveryCodesLeft, end } = await session.secondFactor();
    deepEqual([on, recoveryCodesLeft], [true, 9]);
    await end({ password, code: nextCode() });
    await replica().session.signIn({ email, password });
  });
});

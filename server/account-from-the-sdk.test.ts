import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { filter, firstValueFrom } from 'rxjs';
import type { Jamz } from '../sdk/api.ts';
import { connect } from '../sdk/connect.ts';
import { createMailbox, tokenIn } from './mail-fixture.ts';
import { type TestServer, testServer } from './test-server.ts';

const password = 'correct horse battery';

describe('accounts, from the SDK', () => {
  let server: TestServer;
  let open: Jamz[] = [];
  let made = 0;
  const mailbox = createMailbox();
  before(async () => {
    server = await testServer({ mailer: mailbox.mailer });
  });
  after(() => server.close());
  afterEach(async () => {
    for (const jamz of open) await jamz.close();
    open = [];
  });

  function replica(): Jamz {
    const jamz = connect({ server: server.base, site: 'pk_demo', storage: 'memory' });
    open.push(jamz);
    return jamz;
  }
  const newAddress = (): string => `ana-${++made}@x.example`;

  it('a guest becomes an account without leaving the group or falling out of sync', async () => {
    const jamz = replica();
    const { id } = await jamz.session.signInAsGuest({ name: 'Ana' });
    const group = await jamz.createGroup({ name: 'Trip' });
    await group.addTracks([{ title: 'One', durationMs: 1_000 }]).acked;
    const states: string[] = [];
    const watch = jamz.status$.subscribe(({ state }) => states.push(state));
    const email = newAddress();
    const user = await jamz.session.upgrade({ email, password });
    deepEqual(user, { id, name: 'Ana', guest: false, email, emailVerified: false });
    deepEqual(jamz.session.user$.value, user);
    await group.addTracks([{ title: 'Two', durationMs: 1_000 }]).acked;
    equal(states.includes('OFFLINE') || states.includes('ERROR'), false, states.join());
    watch.unsubscribe();

    const elsewhere = replica();
    equal((await elsewhere.session.signIn({ email, password })).id, id);
    equal(
      (await firstValueFrom(elsewhere.groups$.pipe(filter((list) => list.length > 0))))[0]?.name,
      'Trip',
    );
    await mailbox.next();
  });

  it('says why a guest does not become one, who stays what they were', async () => {
    const email = newAddress();
    await replica().session.signUp({ email, password, name: 'Ana' });
    await mailbox.next();
    const jamz = replica();
    await jamz.session.signInAsGuest({ name: 'Bo' });
    await rejects(jamz.session.upgrade({ email, password }), { code: 'invalid' });
    equal(jamz.session.user$.value?.guest, true);
  });

  it('asks for mails: a new password without a sign-in, and the check of an address', async () => {
    const email = newAddress();
    const jamz = replica();
    await jamz.session.signUp({ email, password, name: 'Ana' });
    await mailbox.next();
    await jamz.session.requestEmailVerification();
    const token = tokenIn(await mailbox.next());
    equal((await server.ask('/v1/auth/verify', { body: { token } })).status, 204);
    await replica().session.requestPasswordReset(email);
    equal((await mailbox.next()).to, email);
  });

  it('changes password and address with the password there is', async () => {
    const email = newAddress();
    const jamz = replica();
    await jamz.session.signUp({ email, password, name: 'Ana' });
    await mailbox.next();
    const newPassword = 'another long password';
    await rejects(jamz.session.changeSignIn({ password: 'a guess', newPassword }), {
      code: 'forbidden',
    });
    await jamz.session.changeSignIn({ password, newPassword });
    await mailbox.next();
    await jamz.session.changeSignIn({ password: newPassword, email: `new-${email}` });
    const mails = [await mailbox.next(), await mailbox.next()];
    const [token = ''] = mails.filter(({ to }) => to !== email).map(tokenIn);
    equal((await server.ask('/v1/auth/verify', { body: { token } })).status, 204);
    equal((await mailbox.next()).to, email);
    const user = await replica().session.signIn({ email: `new-${email}`, password: newPassword });
    deepEqual([user.email, user.emailVerified], [`new-${email}`, true]);
  });

  it('lists the devices and signs the others out, which they notice', async () => {
    const email = newAddress();
    const here = replica();
    await here.session.signUp({ email, password, name: 'Ana' });
    await mailbox.next();
    const there = replica();
    await there.session.signIn({ email, password });
    const third = replica();
    await third.session.signIn({ email, password });
    const devices = await here.session.devices();
    equal(devices.length, 3);
    equal(devices.filter(({ current }) => current).length, 1);
    const isOut = (jamz: Jamz) =>
      firstValueFrom(jamz.status$.pipe(filter(({ error }) => error?.code === 'unauthenticated')));
    // The newest sign-in is the first of the list.
    const [newest] = devices.filter(({ current }) => !current);
    await Promise.all([isOut(third), here.session.endDevice(newest?.id ?? '')]);
    await Promise.all([isOut(there), here.session.signOutElsewhere()]);
    equal((await here.session.devices()).length, 1);
    await rejects(here.session.endDevice('nothing'), { code: 'not-found' });
  });

  it('reports a member, and takes no track down that has no file', async () => {
    const owner = replica();
    await owner.session.signInAsGuest({ name: 'Ow' });
    const group = await owner.createGroup({ name: 'Trip' });
    const { code } = await group.invite();
    const member = replica();
    const { id } = await member.session.signInAsGuest({ name: 'Me' });
    await member.joinGroup(code);
    await group.report(id, 'Sends threats');
    await rejects(group.report('nobody', 'x'), { code: 'not-found' });
    await rejects(group.takeDown('nothing'), { code: 'not-found' });
    const reports = await server.ask<unknown[]>('/v1/sites/pk_demo/reports', {
      token: await server.secretOf('pk_demo'),
    });
    equal(reports.json.length, 1);
  });
});

import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { filter, firstValueFrom } from 'rxjs';
import type { Jamz } from '../api.ts';
import { JamzError } from '../protocol/errors.ts';
import { type Loopback, loopback } from './loopback.ts';

describe('a backend in memory', () => {
  const open: Jamz[] = [];
  afterEach(() => Promise.all(open.splice(0).map((jamz) => jamz.close())));

  const guest = async (backend: Loopback, name: string): Promise<Jamz> => {
    const jamz = await backend.guest(name);
    open.push(jamz);
    return jamz;
  };

  it('lets a host’s test play through a whole group', async () => {
    const backend = loopback();
    const ana = await guest(backend, 'Ana');
    const bo = await guest(backend, 'Bo');
    const hers = await ana.openGroup('weekend');
    const his = await bo.openGroup('weekend');
    await hers.addTracks([{ title: 'Road Song', url: 'https://music.example/1.mp3' }]).acked;
    await hers.send('On our way').acked;

    const messages = await firstValueFrom(his.messages$.pipe(filter((all) => all.length > 0)));
    equal(messages[0]?.text, 'On our way');
    deepEqual(
      his.playlist$.value.map(({ title }) => title),
      ['Road Song'],
    );
    deepEqual(
      his.members$.value.map(({ name, role }) => [name, role]),
      [
        ['Ana', 'owner'],
        ['Bo', 'member'],
      ],
    );
  });

  it('has networks that a test can take down', async () => {
    const backend = loopback();
    const way = backend.network();
    const jamz = await backend.guest('Ana', { over: way });
    open.push(jamz);
    const group = await jamz.openGroup('tunnel');

    way.down();
    const { acked } = group.send('In the tunnel');
    await firstValueFrom(jamz.status$.pipe(filter(({ state }) => state === 'OFFLINE')));
    equal(group.messages$.value[0]?.text, 'In the tunnel');
    equal(jamz.status$.value.pending, 1);
    await rejects(jamz.createGroup({ name: 'Nowhere' }), { code: 'unavailable' });

    way.up();
    await jamz.syncNow();
    await acked;
    equal(jamz.status$.value.state, 'SYNCED');
  });

  it('refuses what a test says', async () => {
    const backend = loopback();
    const jamz = await guest(backend, 'Ana');
    const group = await jamz.openGroup('weekend');
    backend.server.judge = ({ type }) =>
      type === 'messages.send' ? { error: new JamzError('forbidden', 'Not today.') } : undefined;

    await rejects(group.send('Hello').acked, { code: 'forbidden', message: 'Not today.' });
    equal(jamz.setAside$.value[0]?.reason.message, 'Not today.');
  });

  it('knows accounts, hosts’ tokens and invitations', async () => {
    const backend = loopback();
    const account = { email: 'ana@jamz.example', password: 'correct horse' };
    const first = backend.connect();
    const again = backend.connect();
    const claims = btoa(JSON.stringify({ sub: 'bo', name: 'Bo' }));
    const vouched = backend.connect({ getToken: async () => `e30.${claims}.` });
    open.push(first, again, vouched);

    const { id } = await first.session.signUp({ ...account, name: 'Ana' });
    await rejects(again.session.signIn({ ...account, password: 'wrong' }), {
      code: 'unauthenticated',
    });
    equal((await again.session.signIn(account)).id, id);
    equal((await vouched.session.restored)?.name ?? vouched.session.user$.value?.name, 'Bo');

    const group = await first.createGroup({ name: 'Alps' });
    const { code } = await group.invite();
    equal((await vouched.joinGroup(code)).id, group.id);
    await rejects(vouched.joinGroup('code-9'), { code: 'not-found' });
  });

  it('says what it does not have', async () => {
    const jamz = await guest(loopback(), 'Ana');
    await rejects(jamz.exportData({ format: 'json' }), ({ code, message }: JamzError) => {
      equal(code, 'not-found');
      return ok(/A loopback server has no/.test(message)) === undefined;
    });
  });
});

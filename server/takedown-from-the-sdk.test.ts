import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { filter, firstValueFrom } from 'rxjs';
import { connect, type Group, type Jamz, type PlaylistEntry } from '../sdk/index.ts';
import { type TestServer, testServer } from './test-server.ts';
import { silentWave, upload } from './upload-fixture.ts';

describe('a track whose file is taken down', () => {
  let server: TestServer;
  const open: Jamz[] = [];
  before(async () => {
    server = await testServer();
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
  /** The list, once it is as wanted. */
  const listOf = (group: Group, isSo: (list: readonly PlaylistEntry[]) => boolean) =>
    firstValueFrom(group.playlist$.pipe(filter(isSo)));

  it('[ID23] says so on every device, also on one that comes later, and keeps its place and its likes', async () => {
    const owner = replica();
    await owner.session.signInAsGuest({ name: 'Ow' });
    const group = await owner.createGroup({ name: 'Trip' });
    const { code } = await group.invite();
    const uploader = await server.guest('Up');
    const joined = await server.ask('/v1/groups/join', { token: uploader.token, body: { code } });
    equal(joined.status, 200);
    const { json } = await upload(server, uploader, group.id, silentWave());
    await group.addTracks([{ title: 'Theirs', fileId: json.fileId }, { title: 'Ours' }]).acked;
    const other = replica();
    await other.session.signInAsGuest({ name: 'Me' });
    const seen = await other.joinGroup(code);
    const [first] = await listOf(seen, ({ length }) => length === 2);
    await seen.like(first?.itemId ?? '').acked;

    for (let time = 0; time < 2; time++) await group.takeDown(first?.itemId ?? '');

    const isSaid = ([track]: readonly PlaylistEntry[]): boolean => track?.takenDown === true;
    const late = replica();
    await late.session.signInAsGuest({ name: 'Late' });
    for (const one of [seen, group, await late.joinGroup(code)]) {
      const list = await listOf(one, isSaid);
      deepEqual(
        list.map(({ title, likes, takenDown = false }) => [title, likes, takenDown]),
        [
          ['Theirs', 1, true],
          ['Ours', 0, false],
        ],
      );
    }
    await rejects(seen.trackUrl(first?.itemId ?? ''), { code: 'gone' });

    // Somebody was offline and adds it anew: it is said once one of the group asks for it, and by nobody else’s asking.
    await seen.addTracks([{ title: 'Theirs again', fileId: json.fileId }]).acked;
    await listOf(group, ({ length }) => length === 3);
    const stranger = await server.guest('St');
    const path = `/v1/files/${json.fileId}/url`;
    equal((await server.ask(path, { token: stranger.token })).status, 410);
    const again = await listOf(group, ({ length }) => length === 3);
    deepEqual(again[2]?.takenDown ?? false, false);
    await rejects(group.trackUrl(again[2]?.itemId ?? ''), { code: 'gone' });
    for (const one of [group, seen]) await listOf(one, (list) => list[2]?.takenDown === true);
  });
});

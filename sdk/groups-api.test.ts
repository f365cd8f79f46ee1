import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Group } from './api.ts';
import type { Http } from './auth/http.ts';
import { type GroupsApi, groupsApi } from './groups-api.ts';
import { JamzError } from './protocol/errors.ts';
import type { WireGroup } from './protocol/wire.ts';
import type { KeyValue } from './store/key-value.ts';
import { memoryKeyValue } from './store/memory-key-value.ts';

const crew: WireGroup = { id: 'crew', name: 'Crew', role: 'owner', memberCount: 2 };

describe('groups', () => {
  let storage: KeyValue;
  let answer: () => Promise<unknown>;
  let asked: string[];
  let opened: string[];
  let api: GroupsApi;

  const open = (): GroupsApi =>
    groupsApi(
      (async (method: string, path: string, body?: unknown) => {
        asked.push(`${method} ${path} ${JSON.stringify(body)}`);
        return answer();
      }) as Http,
      storage,
      (id) => {
        opened.push(id);
        return { id } as Group;
      },
    );
  const fail = (error: JamzError): void => {
    answer = () => Promise.reject(error);
  };

  beforeEach(async () => {
    storage = memoryKeyValue();
    asked = [];
    opened = [];
    answer = async () => crew;
    api = open();
    await api.userChanged('ana');
  });

  it('are made, joined and opened by their server', async () => {
    await api.create({ name: 'Crew' });
    await api.join('code');
    await api.openPlace('/weekend');
    deepEqual(asked, [
      'POST groups {"name":"Crew"}',
      'POST groups/join {"code":"code"}',
      'POST groups/open {"place":"/weekend"}',
    ]);
    deepEqual(opened, ['crew', 'crew', 'crew']);
  });

  it('a place leads in a tunnel where it led last time, also after a reload', async () => {
    await api.openPlace('/weekend');
    fail(new JamzError('unavailable', 'The server cannot be reached.'));
    api = open();
    await api.userChanged('ana');
    equal((await api.openPlace('/weekend')).id, 'crew');
  });

  it('a place that was never open here says what is wrong', async () => {
    fail(new JamzError('unavailable', 'The server cannot be reached.'));
    await rejects(api.openPlace('/weekend'), { code: 'unavailable' });
  });

  it('a place leads nobody else to where it led this person', async () => {
    await api.openPlace('/weekend');
    await api.userChanged('bo');
    fail(new JamzError('unavailable', 'The server cannot be reached.'));
    await rejects(api.openPlace('/weekend'), { code: 'unavailable' });
  });

  it('the server’s own no is no tunnel', async () => {
    await api.openPlace('/weekend');
    fail(new JamzError('forbidden', 'This site asks for an invitation.'));
    await rejects(api.openPlace('/weekend'), { code: 'forbidden' });
  });

  it('are listed at the next start before the server answers', async () => {
    api.take([crew]);
    api = open();
    await api.userChanged('ana');
    deepEqual(
      api.groups$.value.map(({ id, photoFileId }) => [id, photoFileId]),
      [['crew', null]],
    );
  });

  it('[AC7] of one person are not shown to the next', async () => {
    api.take([crew]);
    await api.userChanged('bo');
    deepEqual(api.groups$.value, []);
    await api.userChanged(undefined);
    deepEqual(api.groups$.value, []);
  });

  it('of an older list do not take the place of what the server just said', async () => {
    await storage.set('groups:ana', [{ ...crew, name: 'Old' }]);
    const changing = api.userChanged('ana');
    api.take([crew]);
    await changing;
    equal(api.groups$.value[0]?.name, 'Crew');
  });

  it('are invited to with what the caller asks for', async () => {
    answer = async () => ({ code: 'c', url: 'u' });
    deepEqual(await api.invite('crew')({ uses: 3 }), { code: 'c', url: 'u' });
    deepEqual(asked, ['POST groups/crew/invitations {"uses":3}']);
  });
});

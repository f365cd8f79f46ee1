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
  let nowMs: number;
  let lookups: boolean[];

  const open = (): GroupsApi =>
    groupsApi({
      http: (async (method: string, path: string, body?: unknown) => {
        asked.push(`${method} ${path} ${JSON.stringify(body)}`);
        return answer();
      }) as Http,
      storage,
      open(id) {
        opened.push(id);
        return { id } as Group;
      },
      nowMs: () => nowMs,
      onLookup: (hit) => lookups.push(hit),
    });
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const fail = (error: JamzError): void => {
    answer = () => Promise.reject(error);
  };

  beforeEach(async () => {
    storage = memoryKeyValue();
    asked = [];
    opened = [];
    lookups = [];
    nowMs = 1_700_000_000_000;
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

  it('[CA1] a place leads at once where it led last time, and its server is asked behind that', async () => {
    await api.openPlace('/weekend');
    answer = () => new Promise(() => {});
    equal((await api.openPlace('/weekend')).id, 'crew');
    equal(asked.length, 2);
  });

  it('[AC11] whom the place lets in again follows its group again', async () => {
    await api.openPlace('/weekend');
    await api.openPlace('/weekend');
    await settle();
    deepEqual(opened, ['crew', 'crew', 'crew']);
  });

  it('[CA3] a place that the server refuses, or leads elsewhere, leads there from the next time on', async () => {
    await api.openPlace('/weekend');
    answer = async () => ({ ...crew, id: 'van' });
    equal((await api.openPlace('/weekend')).id, 'crew');
    await settle();
    equal((await api.openPlace('/weekend')).id, 'van');
    fail(new JamzError('forbidden', 'This site asks for an invitation.'));
    await api.openPlace('/weekend');
    await settle();
    await rejects(api.openPlace('/weekend'), { code: 'forbidden' });
    deepEqual(opened.includes('van'), true);
  });

  it('[CA3] a place leads no more to a group that the server has taken off the list', async () => {
    await api.openPlace('/weekend');
    await api.openPlace('/home');
    await storage.set('place:bo:/weekend', 'crew');
    api.take([{ ...crew, id: 'van' }]);
    await settle();
    fail(new JamzError('unavailable', 'The server cannot be reached.'));
    await rejects(api.openPlace('/weekend'), { code: 'unavailable' });
    await rejects(api.openPlace('/home'), { code: 'unavailable' });
    equal(await storage.get('place:bo:/weekend'), 'crew');
  });

  it('[CA2] of a list that is a day old are stale until the server tells it again, and shown all the same', async () => {
    const staleAfter = async (ms: number): Promise<(boolean | undefined)[]> => {
      api.take([crew]);
      await settle();
      nowMs += ms;
      api = open();
      await api.userChanged('ana');
      return api.groups$.value.map(({ stale }) => stale);
    };
    deepEqual(await staleAfter(24 * 3_600_000), [false]);
    deepEqual(await staleAfter(24 * 3_600_000 + 1), [true]);
    api.take([crew]);
    deepEqual(
      api.groups$.value.map(({ stale }) => stale),
      [false],
    );
  });

  it('[CA5] count what the device could answer, and what it could not', async () => {
    lookups = [];
    await api.openPlace('/weekend');
    await api.openPlace('/weekend');
    api.take([crew]);
    await settle();
    await api.userChanged('bo');
    await api.userChanged('ana');
    deepEqual(lookups, [false, true, false, true]);
  });

  it('[CA1] are listed at the next start before the server answers', async () => {
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
    await storage.set('groups:ana', { groups: [{ ...crew, name: 'Old' }], atMs: nowMs });
    const changing = api.userChanged('ana');
    api.take([crew]);
    await changing;
    equal(api.groups$.value[0]?.name, 'Crew');
  });
});

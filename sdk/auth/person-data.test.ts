import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import { LiveValue } from '../sync/live-value.ts';
import { createFakeBackend, type FakeBackend } from './fake-backend.ts';
import { createPersonData, type PersonData } from './person-data.ts';

const ana = { id: 'ana', name: 'Ana', guest: false, email: 'ana@x.example' };

describe('a person’s own data', () => {
  let backend: FakeBackend;
  let tokens: (string | undefined)[];
  let steps: string[];
  let answers: Response[];
  const storage = {
    preferences: memoryKeyValue(),
    groups: memoryKeyValue(),
    caches: memoryKeyValue(),
    tabsName: (userId: string) => `jamz:main:${userId}`,
  };
  let data: Pick<PersonData, 'exportData' | 'deleteAccount'>;
  beforeEach(() => {
    backend = createFakeBackend();
    [tokens, steps, answers] = [[], [], []];
    data = createPersonData({
      server: 'https://jamz.example',
      http: backend.http,
      storage,
      identity: {
        user$: new LiveValue<typeof ana | null>(ana),
        async token(rejected) {
          tokens.push(rejected);
          return `token-${tokens.length}`;
        },
        expired: () => void steps.push('renewed'),
      },
      async fetch(address, { headers } = {}) {
        steps.push(`${String(address)} ${new Headers(headers).get('authorization')}`);
        const answer = answers.shift();
        if (!answer) throw new TypeError('Failed to fetch');
        return answer;
      },
      signOut: async () => void steps.push('signed out'),
      databases: {
        databases: async () => [
          { name: 'jamz:main:ana:files', version: 1 },
          { name: 'jamz:main:anabel', version: 1 },
        ],
        deleteDatabase(name) {
          steps.push(`deleted ${name}`);
          // Nobody waits for it.
          return {} as IDBOpenDBRequest;
        },
      },
    });
  });

  const file = (text: string): Response =>
    new Response(text, { headers: { 'content-disposition': 'attachment' } });
  const problem = (status: number, code: string): Response =>
    new Response(JSON.stringify({ code, detail: 'Told so' }), {
      status,
      headers: { 'content-type': 'application/problem+json' },
    });

  it('[ID13] comes as a file, with a token that is renewed where the server asks for it', async () => {
    answers = [problem(401, 'token-expired'), file('kind,group')];
    equal(await (await data.exportData({ format: 'csv' })).text(), 'kind,group');
    deepEqual(tokens, [undefined, 'token-1']);
    deepEqual(steps, [
      'https://jamz.example/v1/me/export?format=csv Bearer token-1',
      'https://jamz.example/v1/me/export?format=csv Bearer token-2',
    ]);
  });

  it('[ID13] tells the server’s own reason where it does not come, and takes no other’s page for it', async () => {
    answers = [problem(429, 'rate-limited')];
    await rejects(data.exportData({ format: 'json' }), {
      code: 'rate-limited',
      message: 'Told so',
    });
    answers = [new Response('<html>Welcome to Café Wifi</html>')];
    await rejects(data.exportData({ format: 'json' }), { code: 'unavailable' });
    await rejects(data.exportData({ format: 'json' }), { code: 'unavailable' });
  });

  it('[ID12] [ID14] is deleted with the password, and this device forgets them and nobody else', async () => {
    backend.answers['me'] = () => undefined;
    await storage.preferences.set('synced:ana', 5);
    await storage.preferences.set('synced:anabel', 5);
    await storage.groups.set('place:ana:/road', {});
    await storage.caches.set('peaks:f1', []);
    await data.deleteAccount({ password: 'secret', alsoFiles: true });
    deepEqual(backend.asked, [{ path: 'me', body: { password: 'secret', alsoFiles: true } }]);
    deepEqual(steps, ['signed out', 'deleted jamz:main:ana', 'deleted jamz:main:ana:files']);
    deepEqual(
      await Promise.all(
        [storage.preferences, storage.groups, storage.caches].map((kept) => kept.keys()),
      ),
      [['synced:anabel'], [], ['peaks:f1']],
    );
  });

  it('[ID14] renews the sign-in where there is no password to give', async () => {
    backend.answers['me'] = () => undefined;
    await data.deleteAccount();
    equal(steps[0], 'renewed');
    deepEqual(backend.asked, [{ path: 'me', body: {} }]);
  });

  it('[ID14] changes nothing on this device where the server says no', async () => {
    await rejects(data.deleteAccount({ password: 'wrong' }), { code: 'unavailable' });
    deepEqual(steps, []);
  });
});

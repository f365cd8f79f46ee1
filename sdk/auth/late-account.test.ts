import { deepEqual, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import { LiveValue } from '../sync/live-value.ts';
import type { Http } from './http.ts';
import { lateAccount } from './late-account.ts';

describe('what a member asks of the server about a group', () => {
  const asked: string[] = [];
  let answer: unknown;
  const http = (async (method: string, path: string, body?: unknown) => {
    asked.push(`${method} ${path} ${JSON.stringify(body)}`);
    return answer;
  }) as Http;
  const deps: Parameters<typeof lateAccount>[0] = {
    server: 'https://jamz.example',
    site: 'pk_demo',
    http,
    random: () => 0.5,
    identity: { user$: new LiveValue(null), token: async () => 'token', expired() {} },
    storage: {
      preferences: memoryKeyValue(),
      groups: memoryKeyValue(),
      caches: memoryKeyValue(),
      tabsName: () => null,
    },
    fetch,
    async signOut() {},
  };

  it('[SN17] pages the messages that this device does not have', async () => {
    const message = { messageId: 'm1', authorId: 'bo', text: 'hi', sentAtMs: 5, editedAtMs: null };
    answer = { messages: [message], more: false };
    deepEqual(await lateAccount(deps).ofGroup('crew').olderMessages('m2', 10), [message]);
    deepEqual(asked.splice(0), ['GET groups/crew/messages?before=m2&limit=10 undefined']);
  });

  it('[ID26] signs out and keeps nothing of the person on this device, and what is another’s', async () => {
    const steps: string[] = [];
    const preferences = memoryKeyValue();
    await preferences.set('synced:ana', 5);
    await preferences.set('synced:anabel', 5);
    const ana = { id: 'ana', name: 'Ana', guest: false };
    await lateAccount({
      ...deps,
      identity: { ...deps.identity, user$: new LiveValue<typeof ana | null>(ana) },
      storage: { ...deps.storage, preferences, tabsName: (userId) => `jamz:main:${userId}` },
      signOut: async () => void steps.push('signed out'),
      databases: {
        databases: async () => [{ name: 'jamz:main:ana:uploads', version: 1 }],
        deleteDatabase(name) {
          steps.push(`deleted ${name}`);
          // Nobody waits for it.
          return {} as IDBOpenDBRequest;
        },
      },
    }).ofPerson.signOutAndForget();
    deepEqual(steps, ['signed out', 'deleted jamz:main:ana', 'deleted jamz:main:ana:uploads']);
    deepEqual(await preferences.keys(), ['synced:anabel']);
    deepEqual(asked, []);
  });

  it('is an invitation as the caller wants it', async () => {
    answer = { code: 'c', url: 'u' };
    deepEqual(await lateAccount(deps).ofGroup('crew').invite({ uses: 3 }), answer);
    deepEqual(asked.splice(0), ['POST groups/crew/invitations {"uses":3}']);
  });

  it('is refused where its code cannot be had, and asked for again by the next call', async () => {
    answer = { code: 'c', url: 'u' };
    const loads = [
      () => Promise.reject(new TypeError('Failed to fetch')),
      () => import('./account.ts'),
    ];
    const { ofGroup } = lateAccount(deps, async () => (loads.shift() as (typeof loads)[number])());
    await rejects(ofGroup('crew').invite(), { code: 'unavailable' });
    deepEqual(await ofGroup('crew').invite(), answer);
  });
});

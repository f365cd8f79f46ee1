import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type FakeWorker, fakeWorker } from './fake-worker.ts';
import type { Registry } from './registry.ts';
import { showPushes } from './show-pushes.ts';

const message = {
  jamz: 1,
  id: 'm1',
  kind: 'session-planned',
  groupId: 'crew',
  title: 'Tonight at eight',
  body: 'Ana planned a session.',
  url: '/trip',
  at: 1_700_000_000_000,
};

describe('a push message', () => {
  let worker: FakeWorker;
  let isBroken: boolean;

  beforeEach(() => {
    worker = fakeWorker();
    isBroken = false;
    const seen = new Set<string>();
    const registry = {
      async showsFirst(id: string) {
        if (isBroken) throw new DOMException('The store is gone.');
        const isFirst = !seen.has(id);
        seen.add(id);
        return isFirst;
      },
    } as Partial<Registry> as Registry;
    showPushes(
      worker.scope,
      () => registry,
      () => 0,
    );
  });
  const push = (data: unknown) => worker.fire('push', { data: { json: () => data } });
  const click = (data: unknown) => {
    const notification = { data, close() {} } as Notification;
    return worker.fire('notificationclick', { notification });
  };

  it('[SW3] is shown, and leads to its page', async () => {
    await push(message);
    const [{ title, options } = { title: '', options: undefined }] = worker.notifications;
    deepEqual(
      [title, options?.body, options?.tag],
      ['Tonight at eight', 'Ana planned a session.', 'jamz-m1'],
    );
    await click(options?.data);
    deepEqual(worker.opened, ['https://site.example/trip']);
  });

  it('[SW3] is shown once, however often it is delivered', async () => {
    await push(message);
    await push(message);
    equal(worker.notifications.length, 1);
  });

  it('is shown also where nothing can be written down', async () => {
    isBroken = true;
    await push(message);
    equal(worker.notifications.length, 1);
  });

  it('goes to the window that shows its page, where there is one', async () => {
    let focused = 0;
    const focus = async (): Promise<void> => {
      focused += 1;
    };
    worker.windows.push({ url: 'https://site.example/trip', focus });
    await click({ jamz: 1, url: 'https://site.example/trip' });
    deepEqual([focused, worker.opened], [1, []]);
  });

  it('leads to no other site', async () => {
    for (const url of ['https://evil.example/', 'javascript:alert(1)', '//evil.example/x']) {
      await push({ ...message, id: url, url });
    }
    for (const { options } of worker.notifications) {
      equal(options.data.url, 'https://site.example/');
    }
  });

  it('[SW8] that is not ours is left alone, and so is a tap on a host’s notification', async () => {
    for (const data of [{ title: 'Of the host' }, { ...message, jamz: 2 }, null, 'text']) {
      equal((await push(data)).wasTaken, false);
    }
    const json = (): unknown => JSON.parse('no JSON');
    equal((await worker.fire('push', { data: { json } })).wasTaken, false);
    equal((await worker.fire('push', { data: null })).wasTaken, false);
    equal((await click(undefined)).wasTaken, false);
    equal((await click({ url: '/' })).wasTaken, false);
  });
});

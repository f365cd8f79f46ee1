import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import type { Group, Jamz } from 'trafficjamz';
import { until } from './phones.ts';

export interface GroupElement extends HTMLElement {
  readonly jamz: Jamz | undefined;
  readonly current: Group | undefined;
}

/** A bare host page with a group in step with the server, and with a service worker that knows its replica. */
export async function openHost(
  context: BrowserContext,
  url: string,
  worker = '/cdn/jamz-sw.js',
): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${url}/bare-host`);
  await page.evaluate(async (script) => {
    await navigator.serviceWorker.register(script, { scope: '/' });
    const group = document.createElement('jamz-group');
    group.setAttribute('server', '/');
    group.setAttribute('site', 'pk_demo');
    document.body.replaceChildren(group);
  }, worker);
  await waitFor(page, ({ jamz, current }) => {
    const ready = current?.availability$.value.kind === 'ready';
    return ready && jamz?.status$.value.state === 'SYNCED';
  });
  await until(() => isEntrusted(page), 'the service worker has the replica’s token');
  return page;
}

/** Whether the registry of the page's origin has a token. */
function isEntrusted(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    const known = await indexedDB.databases();
    if (!known.some(({ name }) => name === 'jamz:worker')) return false;
    return new Promise<boolean>((resolve) => {
      const opening = indexedDB.open('jamz:worker');
      opening.onsuccess = () => {
        const db = opening.result;
        const count = db.transaction('tokens').objectStore('tokens').count();
        count.onsuccess = () => {
          db.close();
          resolve(count.result > 0);
        };
      };
    });
  });
}

/** Waits until it holds of the page's group element. The function runs in the page. */
export async function waitFor(
  page: Page,
  holds: (element: GroupElement) => boolean,
): Promise<void> {
  await page.waitForFunction(`(${holds})(document.querySelector('jamz-group'))`);
}

export function ask<T>(
  page: Page,
  question: (element: GroupElement) => T | Promise<T>,
): Promise<T> {
  return page.evaluate(`(${question})(document.querySelector('jamz-group'))`) as Promise<T>;
}

export const titles = ({ current }: GroupElement): string[] =>
  (current?.playlist$.value ?? []).map(({ title }) => title);

/** What a browser does with the service worker of an origin, in the hands of a test. */
export interface WorkerDomain {
  /** There is a network again. */
  sync(): Promise<void>;
  push(data: object): Promise<void>;
}

/** By a page of the origin that loads nothing of ours, and so outlives those under test. */
export async function openWorkerDomain(
  context: BrowserContext,
  origin: string,
): Promise<WorkerDomain> {
  const page = await context.newPage();
  await page.goto(`${origin}/healthz`);
  const session: CDPSession = await context.newCDPSession(page);
  let registrationId = '';
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    registrationId = registrations.findLast(({ isDeleted }) => !isDeleted)?.registrationId ?? '';
  });

  await session.send('ServiceWorker.enable');
  return {
    async sync() {
      const event = { origin, registrationId, tag: 'jamz-drain', lastChance: false };
      await session.send('ServiceWorker.dispatchSyncEvent', event);
    },
    async push(data) {
      const text = JSON.stringify(data);
      await session.send('ServiceWorker.deliverPushMessage', {
        origin,
        registrationId,
        data: text,
      });
    },
  };
}

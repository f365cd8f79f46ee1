import type { BrowserContext, Page } from 'playwright-core';
import type { Group, Jamz } from 'trafficjamz';
import { until } from '../scripts/testing/until.ts';

export interface GroupElement extends HTMLElement {
  readonly jamz: Jamz | undefined;
  readonly current: Group | undefined;
}

/** A host page with a group, in a tab of its own. */
export async function openGroup(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${url}/bare-host`);
  await page.evaluate(() => {
    const group = document.createElement('jamz-group');
    group.setAttribute('server', '/');
    group.setAttribute('site', 'pk_demo');
    document.body.replaceChildren(group);
  });
  return page;
}

/** The same in step with the server. */
export async function openTab(context: BrowserContext, url: string): Promise<Page> {
  const page = await openGroup(context, url);
  await inStep(page);
  return page;
}

/** The same on a site whose service worker knows its replica. */
export async function openHost(context: BrowserContext, url: string): Promise<Page> {
  const page = await openGroup(context, url);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/cdn/jamz-sw.js', { scope: '/' });
  });
  await inStep(page);
  await until(
    async () => (await recordsOf(page, 'jamz:worker', 'tokens')).length > 0,
    'the service worker has the replica’s token',
  );
  return page;
}

function inStep(page: Page): Promise<void> {
  return waitFor(page, ({ jamz, current }) => {
    const ready = current?.availability$.value.kind === 'ready';
    return ready && jamz?.status$.value.state === 'SYNCED';
  });
}

/** A page of the origin that loads nothing of ours, and so outlives those under test. */
export async function openOutsider(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/healthz`);
  return page;
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

/** Cuts the page's replica off and adds tracks, named by a number behind the prefix. */
export async function tapInTheDark(page: Page, prefix: string, count: number): Promise<void> {
  const element = await page.$('jamz-group');
  await element?.evaluate(
    (found, [start, many]) => {
      const { jamz, current } = found as HTMLElement as GroupElement;
      jamz?.online(false);
      for (let index = 0; index < many; index++) {
        current?.addTracks([{ title: `${start} ${index}` }]);
      }
    },
    [prefix, count] as const,
  );
  await untilStored(page, count);
}

/**
 * Resolves when so many ops lie in the journals of the page's origin. A tap is shown, and counts as pending, before it is
 * stored: what is closed until then loses it.
 */
export async function untilStored(page: Page, count: number): Promise<void> {
  const databases = (): Promise<string[]> =>
    page.evaluate(async () => (await indexedDB.databases()).flatMap(({ name }) => name ?? []));
  const stored = async (): Promise<number> => {
    let found = 0;
    for (const name of await databases()) {
      const records = (await recordsOf(page, name, 'ops')) as { opIds: string[] }[];
      for (const { opIds } of records) found += opIds.length;
    }
    return found;
  };
  await until(async () => (await stored()) === count, `${count} ops are stored`);
}

export async function titles(page: Page, prefix: string): Promise<readonly string[]> {
  const all = await ask(page, ({ current }) =>
    (current?.playlist$.value ?? []).map(({ title }) => title),
  );
  return all.filter((title) => title.startsWith(`${prefix} `));
}

/** What a store of an IndexedDB database holds; nothing where there is no such store. */
export function recordsOf(page: Page, database: string, store: string): Promise<unknown[]> {
  return page.evaluate(
    async ([name, from]) => {
      const known = await indexedDB.databases();
      if (!known.some((one) => one.name === name)) return [];
      return new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          if (!db.objectStoreNames.contains(from)) {
            db.close();
            return resolve([]);
          }
          const asked = db.transaction(from).objectStore(from).getAll();
          asked.onsuccess = () => {
            db.close();
            // Keys of the device are no JSON.
            resolve(JSON.parse(JSON.stringify(asked.result)));
          };
        };
      });
    },
    [database, store] as const,
  );
}

/** The replicas of the origin lose their tokens, as when a person ends a sign-in elsewhere. */
export async function forgetTokens(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('jamz:worker');
        opening.onsuccess = () => {
          const clearing = opening.result.transaction('tokens', 'readwrite');
          clearing.objectStore('tokens').clear();
          clearing.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );
}

/** Fires an event at the service worker, as the browser would, and tells what came of the work it was given. */
export async function fire(
  context: BrowserContext,
  type: 'sync' | 'periodicsync',
  tag: string,
): Promise<string> {
  const [worker] = context.serviceWorkers();
  if (!worker) throw new Error('There is no service worker.');
  return worker.evaluate(
    async ([name, its]) => {
      let work: Promise<unknown> | undefined;
      const waitUntil = (given: Promise<unknown>): void => {
        work = given;
      };
      dispatchEvent(Object.assign(new Event(name), { tag: its, waitUntil }));
      if (!work) return 'not taken';
      return work.then(
        () => 'done',
        (error: { code?: string }) => error.code ?? String(error),
      );
    },
    [type, tag] as const,
  );
}

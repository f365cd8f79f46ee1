import { equal } from 'node:assert/strict';
import type { CDPSession, Page } from 'playwright-core';
import { until } from '../scripts/testing/until.ts';

/** A notification as the person sees it. */
export interface Shown {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  /** Where a tap on it leads; undefined for one that is not ours. */
  readonly url: unknown;
}

/** What a browser's push service brings to the service worker of a site, and what the person sees of it. */
export interface PushService {
  /** Resolves when the worker is done with it: what it wanted to show is shown. */
  deliver(message: object): Promise<void>;
  /**
   * Asked only when the worker is done: Chromium compares what a site has asked for with what is on the screen, and
   * forgets what is not there yet.
   */
  shown(): Promise<readonly Shown[]>;
  /** The person puts everything away. */
  putAway(): Promise<void>;
}

/** @param page of a site whose service worker has the scope `/` and may show notifications */
export async function pushService(page: Page): Promise<PushService> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  const registrationId = await registrationOf(session, origin);
  const service = 'pushMessaging';
  await session.send('BackgroundService.startObserving', { service });
  await session.send('BackgroundService.setRecording', { service, shouldRecord: true });

  const shown = (): Promise<readonly Shown[]> =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/');
      const all = (await registration?.getNotifications()) ?? [];
      return all.map(({ title, body, tag, data }) => ({ title, body, tag, url: data?.url }));
    });
  return {
    shown,
    async deliver(message) {
      const status = nextPush(session);
      const data = JSON.stringify(message);
      await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
      equal(await status, 'Success');
    },
    async putAway() {
      await page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration('/');
        for (const one of (await registration?.getNotifications()) ?? []) one.close();
      });
      await until(async () => (await shown()).length === 0, 'everything is put away');
    },
  };
}

/** @returns what the browser says of the next push when its worker is done with it */
function nextPush(session: CDPSession): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const event = 'BackgroundService.backgroundServiceEventReceived';
  const listen = ({ backgroundServiceEvent: { eventName, eventMetadata } }: Received): void => {
    if (eventName !== 'Push event completed') return;
    session.off(event, listen);
    resolve(eventMetadata.find(({ key }) => key === 'Status')?.value);
  };
  session.on(event, listen);
  return promise;
}

interface Received {
  readonly backgroundServiceEvent: {
    readonly eventName: string;
    readonly eventMetadata: readonly { readonly key: string; readonly value: string }[];
  };
}

async function registrationOf(session: CDPSession, origin: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    const found = registrations.find(({ scopeURL }) => scopeURL === `${origin}/`);
    if (found) resolve(found.registrationId);
  });
  await session.send('ServiceWorker.enable');
  return promise;
}

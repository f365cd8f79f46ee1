import { deepEqual, equal, rejects } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { beforeEach, describe, it } from 'node:test';
import { createFakeBackend, type FakeBackend } from '../auth/fake-backend.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import { LiveValue } from '../sync/live-value.ts';
import { openPush, type PushPlatform } from './open-push.ts';

const ours = Buffer.from('our key');
const preferences = { kinds: ['message'], mutedGroups: [], quiet: null };
const endpoint = 'https://push.example/1';
const id = createHash('sha256').update(endpoint).digest('hex');

describe('push messages, on a page', () => {
  let backend: FakeBackend;
  let browsers: string[];
  let user$: LiveValue<{ readonly id: string } | null>;
  let standing: { key: Buffer } | null;
  let permission: NotificationPermission;
  let steps: string[];
  let storage: ReturnType<typeof memoryKeyValue>;
  let publicKey: string;
  let serviceAnswers: boolean;

  beforeEach(() => {
    backend = createFakeBackend();
    [browsers, steps, standing, permission] = [[], [], null, 'default'];
    user$ = new LiveValue<{ readonly id: string } | null>({ id: 'ana' });
    storage = memoryKeyValue();
    publicKey = ours.toString('base64url');
    serviceAnswers = true;
    backend.answers['push'] = () => ({ publicKey, browsers, preferences });
    backend.answers['push/browsers'] = () => {
      browsers.push(id);
      return { subscriptionId: id };
    };
    backend.answers[`push/browsers/${id}`] = () => {
      browsers = [];
      return undefined;
    };
  });

  const subscriptionOf = ({ key }: { key: Buffer }) => ({
    endpoint,
    options: { applicationServerKey: new Uint8Array(key).buffer },
    toJSON: () => ({ endpoint, keys: { p256dh: 'p', auth: 'a' } }),
    async unsubscribe() {
      steps.push('unsubscribed');
      standing = null;
      return true;
    },
  });
  // What of the browser's objects is used, and nothing else.
  const platform = (hasWorker = true): PushPlatform => ({
    registration: async () =>
      hasWorker
        ? ({
            pushManager: {
              getSubscription: async () => standing && subscriptionOf(standing),
              async subscribe({ applicationServerKey }: { applicationServerKey: Uint8Array }) {
                if (!serviceAnswers) throw new DOMException('push service error', 'AbortError');
                steps.push('subscribed');
                standing = { key: Buffer.from(applicationServerKey) };
                return subscriptionOf(standing);
              },
            },
          } as unknown as ServiceWorkerRegistration)
        : undefined,
    permission: () => permission,
    async ask() {
      steps.push('asked');
      if (permission === 'default') permission = 'granted';
      return permission;
    },
    page: () => 'https://host.example/trip',
    language: () => 'de',
  });
  const open = (hasWorker?: boolean) =>
    openPush({
      ...{ http: backend.http, user$, preferences: storage, platform: platform(hasWorker) },
    });

  it('[WP1] asks nobody before the person taps', async () => {
    const push = await open();
    equal(push.state$.value, 'off');
    deepEqual(steps, []);
  });

  it('[WP1] is on once the person allows it, here and at the server', async () => {
    const push = await open();
    await push.enable();
    deepEqual(steps, ['asked', 'subscribed']);
    equal(push.state$.value, 'on');
    const told = backend.asked.find(({ path }) => path === 'push/browsers');
    deepEqual(told?.body, {
      ...{ endpoint, keys: { p256dh: 'p', auth: 'a' } },
      ...{ page: 'https://host.example/trip', language: 'de' },
    });
    equal((await open()).state$.value, 'on');
  });

  it('says that it was denied, and does not take the browser in', async () => {
    const push = await open();
    permission = 'denied';
    await rejects(push.enable(), { code: 'forbidden' });
    deepEqual([push.state$.value, browsers], ['denied', []]);
  });

  it('says that the browser’s push service does not answer, and stays off', async () => {
    serviceAnswers = false;
    const push = await open();
    await rejects(push.enable(), { code: 'unavailable' });
    deepEqual([push.state$.value, browsers], ['off', []]);
  });

  it('is unsupported where there is no service worker', async () => {
    const push = await open(false);
    equal(push.state$.value, 'unsupported');
    await rejects(push.enable(), { code: 'forbidden' });
    deepEqual(steps, []);
  });

  it('[SW8] leaves a host’s own push messages alone', async () => {
    standing = { key: Buffer.from('the host’s') };
    const push = await open();
    equal(push.state$.value, 'off');
    await rejects(push.enable(), { code: 'forbidden' });
    await push.disable();
    user$.next(null);
    await new Promise(setImmediate);
    deepEqual(steps, ['asked']);
  });

  it('subscribes anew where the server has another key now', async () => {
    await (await open()).enable();
    publicKey = Buffer.from('new key').toString('base64url');
    const push = await open();
    equal(push.state$.value, 'off');
    await push.enable();
    deepEqual(steps.slice(2), ['asked', 'unsubscribed', 'subscribed']);
    equal(push.state$.value, 'on');
  });

  it('[WP5] ends on this browser with the sign-in, and when it is switched off', async () => {
    const push = await open();
    await push.enable();
    await push.disable();
    deepEqual([steps.at(-1), push.state$.value, browsers], ['unsubscribed', 'off', []]);
    await push.enable();
    user$.next(null);
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
    deepEqual([steps.at(-1), push.state$.value], ['unsubscribed', 'off']);
  });

  it('tells and changes what a person wants to hear', async () => {
    const push = await open();
    deepEqual(await push.preferences(), preferences);
    backend.answers['push/preferences'] = ({ body }) => ({ ...preferences, ...(body as object) });
    deepEqual((await push.prefer({ kinds: [] })).kinds, []);
  });
});

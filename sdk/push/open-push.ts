import type { Http } from '../auth/http.ts';
import { JamzError } from '../protocol/errors.ts';
import type { KeyValue } from '../store/key-value.ts';
import type { Live } from '../streams/live.ts';
import { LiveValue } from '../sync/live-value.ts';
import type { Push, PushPreferences, PushState } from './push.ts';

export interface PushDeps {
  readonly http: Http;
  readonly user$: Live<{ readonly id: string } | null>;
  /** Remembers under which key this browser subscribed last: a site may have push messages of its own. */
  readonly preferences: KeyValue;
  readonly platform?: PushPlatform;
}

/** What of the browser is used. */
export interface PushPlatform {
  registration(): Promise<Pick<ServiceWorkerRegistration, 'pushManager'> | undefined>;
  permission(): NotificationPermission;
  ask(): Promise<NotificationPermission>;
  page(): string;
  language(): string;
}

interface Known {
  readonly publicKey: string;
  readonly browsers: readonly string[];
  readonly preferences: PushPreferences;
}

const keyName = 'push-key';

/** Looks at what stands, and keeps to it: who signs out is not told any more on this browser. */
export async function openPush(deps: PushDeps): Promise<Push> {
  const { http, user$, preferences, platform = browserPlatform() } = deps;
  const registration = await platform.registration();
  const manager = registration?.pushManager;
  const state$ = new LiveValue<PushState>(manager ? 'off' : 'unsupported');
  let known: Known | undefined;

  const look = async (): Promise<Known> => {
    known = await http('GET', 'push', undefined, { expects: isKnown });
    return known;
  };
  const ownKey = async (): Promise<string | undefined> =>
    preferences.get<string>(keyName).catch(() => undefined);
  /** Ours, under whatever key; a host's own is left alone. */
  const ownSubscription = async (): Promise<PushSubscription | undefined> => {
    const subscription = await manager?.getSubscription();
    if (!subscription) return undefined;
    return keyOf(subscription) === (await ownKey()) ? subscription : undefined;
  };
  const show = async (): Promise<void> => {
    if (!manager) return;
    if (platform.permission() === 'denied') return state$.next('denied');
    const subscription = user$.value ? await ownSubscription() : undefined;
    const { browsers = [], publicKey } = known ?? {};
    const isOn = subscription !== undefined && keyOf(subscription) === publicKey;
    state$.next(isOn && browsers.includes(await idOf(subscription)) ? 'on' : 'off');
  };
  const leave = async (): Promise<void> => {
    known = undefined;
    await (await ownSubscription())?.unsubscribe();
    await show();
  };

  let userId = user$.value?.id;
  if (userId !== undefined) await look().catch(() => {});
  await show();
  user$.subscribe((user) => {
    if (user?.id === userId) return;
    const hadSomebody = userId !== undefined;
    userId = user?.id;
    // The server forgot this browser with the sign-in; the browser shall forget it, too.
    const next = hadSomebody ? leave() : look().then(show);
    next.catch(() => {});
  });

  return {
    state$,
    async enable({ page = platform.page(), language = platform.language() } = {}) {
      if (!manager) {
        throw new JamzError(
          'forbidden',
          'This page has no service worker, or the browser no push.',
        );
      }
      // First of all, and at once: the browser asks nobody some time after a tap.
      const permission = await platform.ask();
      if (permission !== 'granted') {
        state$.next(permission === 'denied' ? 'denied' : 'off');
        throw new JamzError('forbidden', 'The browser was told to show no messages of this site.');
      }
      const { publicKey } = await look();
      const standing = await manager.getSubscription();
      if (standing && keyOf(standing) !== publicKey) {
        if (keyOf(standing) !== (await ownKey())) {
          throw new JamzError('forbidden', 'This site has push messages of its own.');
        }
        await standing.unsubscribe();
      }
      const subscription = await manager
        .subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) })
        .catch((cause: unknown) => {
          const message = 'The browser’s own push service does not answer. Try again later.';
          throw new JamzError('unavailable', message, { cause });
        });
      await preferences.set(keyName, publicKey).catch(() => {});
      const { endpoint, keys } = subscription.toJSON();
      await http('POST', 'push/browsers', { endpoint, keys, page, language });
      await look();
      await show();
    },
    async disable() {
      const subscription = await ownSubscription();
      if (!subscription) return show();
      await http('DELETE', `push/browsers/${await idOf(subscription)}`);
      await subscription.unsubscribe();
      if (user$.value) await look();
      return show();
    },
    preferences: async () => (await look()).preferences,
    async prefer(patch) {
      const chosen = await http('PUT', 'push/preferences', patch, { expects: isPreferences });
      if (known) known = { ...known, preferences: chosen };
      return chosen;
    },
  };
}

function browserPlatform(): PushPlatform {
  return {
    async registration() {
      // Absent on plain http; throws in a sandboxed frame.
      const container = globalThis.navigator?.serviceWorker;
      const found = await container?.getRegistration().catch(() => undefined);
      return found && 'pushManager' in found ? found : undefined;
    },
    permission: () => Notification.permission,
    ask: () => Notification.requestPermission(),
    page: () => location.href.replace(/#.*$/, ''),
    language: () => document.documentElement.lang || navigator.language,
  };
}

/** As the server names a browser: who reads the list learns no endpoint. */
async function idOf({ endpoint }: PushSubscription): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function isKnown(json: unknown): json is Known {
  const { publicKey, browsers, preferences } = (json ?? {}) as Partial<
    Record<keyof Known, unknown>
  >;
  return typeof publicKey === 'string' && Array.isArray(browsers) && isPreferences(preferences);
}

function isPreferences(json: unknown): json is PushPreferences {
  const { kinds, mutedGroups } = (json ?? {}) as Partial<Record<keyof PushPreferences, unknown>>;
  return Array.isArray(kinds) && Array.isArray(mutedGroups);
}

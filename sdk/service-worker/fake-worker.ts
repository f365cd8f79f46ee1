import type { WindowClient, WorkerEvents, WorkerScope } from './worker-scope.ts';

/** A service worker's scope in the hands of a test. */
export interface FakeWorker {
  readonly scope: WorkerScope;
  /** Fires an event. @returns what the listeners made of it, once all their work is done */
  fire<Type extends keyof WorkerEvents>(
    type: Type,
    event?: Partial<WorkerEvents[Type]>,
  ): Promise<{ readonly wasTaken: boolean; readonly answer: Response | undefined }>;
  /** Contents by cache and address. */
  readonly caches: Map<string, Map<string, string>>;
  /** What the network has, by address; without an entry it fails. */
  readonly network: Map<string, string>;
  readonly fetched: string[];
  readonly notifications: { readonly title: string; readonly options: NotificationOptions }[];
  readonly windows: WindowClient[];
  readonly opened: string[];
}

export function fakeWorker(): FakeWorker {
  const listeners = new Map<string, ((event: never) => void)[]>();
  const caches: FakeWorker['caches'] = new Map();
  const network: FakeWorker['network'] = new Map();
  const fetched: string[] = [];
  const notifications: FakeWorker['notifications'] = [];
  const windows: WindowClient[] = [];
  const opened: string[] = [];

  const scope = {
    caches: {
      keys: async () => [...caches.keys()],
      delete: async (name: string) => caches.delete(name),
      async open(name: string) {
        const kept = caches.get(name) ?? new Map<string, string>();
        caches.set(name, kept);
        return {
          async match(url: string) {
            const text = kept.get(url);
            return text === undefined ? undefined : new Response(text);
          },
          async put(url: string, response: Response) {
            kept.set(url, await response.text());
          },
          keys: async () => [...kept.keys()],
          delete: async (url: string) => kept.delete(url),
        };
      },
    },
    async fetch(input: Request | string) {
      const url = typeof input === 'string' ? input : input.url;
      fetched.push(url);
      const text = network.get(url);
      if (text === undefined) throw new TypeError('no network');
      return new Response(text);
    },
    registration: {
      scope: 'https://site.example/',
      async showNotification(title: string, options: NotificationOptions) {
        notifications.push({ title, options });
      },
    },
    clients: {
      matchAll: async () => windows,
      async openWindow(url: string) {
        opened.push(url);
      },
    },
    addEventListener(type: string, listener: (event: never) => void) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener]);
    },
  };

  return {
    scope: scope as unknown as WorkerScope,
    caches,
    network,
    fetched,
    notifications,
    windows,
    opened,
    async fire(type, event = {}) {
      const work: Promise<unknown>[] = [];
      let answer: Promise<Response> | undefined;
      const whole = {
        ...event,
        waitUntil: (given: Promise<unknown>) => work.push(given),
        respondWith(given: Promise<Response>) {
          answer = given;
        },
      };
      for (const listener of listeners.get(type) ?? []) listener(whole as never);
      await Promise.all(work);
      return { wasTaken: work.length > 0 || answer !== undefined, answer: await answer };
    },
  };
}

import { JamzError } from '../protocol/errors.ts';
import type { KeyValue } from '../store/key-value.ts';
import type { Http } from './http.ts';
import type { TabChannel } from './identity-port.ts';

export interface FakeBackend {
  readonly http: Http;
  readonly storage: KeyValue;
  readonly records: Map<string, unknown>;
  readonly asked: { readonly path: string; readonly body: unknown }[];
  readonly answers: Record<string, (asked: { body: unknown }) => unknown>;
  online: boolean;
}

/** A backend for tests that answers by path, and a storage that survives "reloads". */
export function createFakeBackend(): FakeBackend {
  const records = new Map<string, unknown>();
  const asked: { path: string; body: unknown }[] = [];
  const request = async (_method: string, path: string, body?: unknown): Promise<unknown> => {
    asked.push({ path, body });
    const reply = backend.answers[path];
    if (!backend.online || !reply) throw new JamzError('unavailable', 'No network');
    return reply({ body });
  };
  const backend: FakeBackend = {
    http: request as Http,
    storage: {
      get: async <T>(key: string) => structuredClone(records.get(key)) as T | undefined,
      set: async (key, value) => void records.set(key, structuredClone(value)),
      remove: async (key) => void records.delete(key),
      keys: async () => [...records.keys()],
      clear: async () => records.clear(),
    },
    records,
    asked,
    answers: {},
    online: true,
  };
  return backend;
}

/** Two ends of one channel, as two tabs have them. */
export function fakeTabs(): [TabChannel, TabChannel] {
  const listeners: ((event: { data: unknown }) => void)[][] = [[], []];
  const end = (own: number): TabChannel => ({
    postMessage: (data) => {
      for (const listener of listeners[1 - own] ?? []) listener({ data });
    },
    addEventListener: (_type, listener) => void listeners[own]?.push(listener),
    removeEventListener: (_type, listener) => {
      listeners[own] = (listeners[own] ?? []).filter((known) => known !== listener);
    },
  });
  return [end(0), end(1)];
}

/** Lets everything that waits on promises alone run on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

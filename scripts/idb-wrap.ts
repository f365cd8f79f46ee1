/**
 * What stands for idb's own `wrap` where every byte counts: requests become promises, and databases, transactions,
 * stores and indexes give what they give wrapped. Cursors stay as browsers made them, and a thing that is asked for
 * twice comes in two wrappings.
 */
export function wrap(value: unknown): unknown {
  if (value instanceof IDBRequest) return answer(value);
  if (value instanceof IDBTransaction) return proxy(value, ofTransaction(value));
  if (value instanceof IDBDatabase) return proxy(value, ofDatabase);
  if (value instanceof IDBObjectStore || value instanceof IDBIndex)
    return proxy(value, () => undefined);
  return value;
}

/** What is there besides what a browser gives; undefined: nothing of that name. */
type Besides = (name: PropertyKey, self: Wrapped) => unknown;

/** Wrapped things as this file uses them. */
interface Wrapped {
  readonly done: Promise<void>;
  readonly objectStoreNames: DOMStringList;
  transaction(name: unknown, mode: IDBTransactionMode): Wrapped;
  objectStore(name: string | undefined): Record<string, (...args: unknown[]) => Promise<unknown>>;
}

function answer(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(wrap(request.result)));
    request.addEventListener('error', () => reject(request.error));
  });
}

function proxy(target: object, besides: Besides): unknown {
  const wrapped: Wrapped = new Proxy(target, {
    get(_, name) {
      const found: unknown = Reflect.get(target, name);
      // Browsers' methods take no wrapped `this`.
      if (typeof found === 'function')
        return (...args: unknown[]) => wrap(found.apply(target, args));
      return wrap(found ?? besides(name, wrapped));
    },
  }) as Wrapped;
  return wrapped;
}

function ofTransaction(tx: IDBTransaction): Besides {
  const done = new Promise<void>((resolve, reject) => {
    const failed = (): void => reject(tx.error ?? new DOMException('AbortError', 'AbortError'));
    tx.addEventListener('complete', () => resolve());
    tx.addEventListener('error', failed);
    tx.addEventListener('abort', failed);
  });
  return (name, self) => {
    if (name === 'done') return done;
    if (name === 'store') return self.objectStore(self.objectStoreNames[0]);
    return undefined;
  };
}

/** A single request in a transaction of its own. */
const ofDatabase: Besides = (name, self) => {
  const [, reads, writes] =
    /^(get|getKey|getAll|getAllKeys|count)$|^(put|add|delete|clear)$/.exec(String(name)) ?? [];
  const method = reads ?? writes;
  if (!method) return undefined;
  return async (store: unknown, ...args: unknown[]) => {
    const tx = self.transaction(store, writes ? 'readwrite' : 'readonly');
    const request = tx.objectStore(tx.objectStoreNames[0])[method]?.(...args);
    return (await Promise.all([request, writes && tx.done]))[0];
  };
};

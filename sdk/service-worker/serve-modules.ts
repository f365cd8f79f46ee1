import type { WorkerScope } from './worker-scope.ts';

/** The elements' modules of one build. */
export interface ModuleSet {
  /** Where they are, with a slash at the end. */
  readonly base: string;
  /** Names this build. */
  readonly version: string;
  /** Integrity by file name. */
  readonly files: Readonly<Record<string, string>>;
  /** Those that a page in a tunnel needs; the others are kept once they were used. */
  readonly needed: readonly string[];
}

const prefix = 'jamz-modules-';

/**
 * Serves the elements' modules from a cache of their build, so that a page in a tunnel has them. A new build comes
 * with a new worker: the browser swaps workers when no page uses the old one, and so files of two builds do not mix.
 * Only requests for files of ours are answered; all others are the host's.
 */
export function serveModules(worker: WorkerScope, set: ModuleSet): void {
  const current = prefix + set.version;

  worker.addEventListener('install', (event) => {
    // A host's own worker is not kept from installing by what is only ours.
    event.waitUntil(fill(worker, set, current).catch(() => {}));
  });

  worker.addEventListener('activate', (event) => {
    event.waitUntil(dropOld(worker, current).catch(() => {}));
  });

  worker.addEventListener('fetch', (event) => {
    if (isOurs(event.request, set)) event.respondWith(answer(worker, event.request, current));
  });
}

/** Languages are on no list: they are many, and a page uses one. */
function isOurs({ method, url }: Request, { base, files }: ModuleSet): boolean {
  if (method !== 'GET' || !url.startsWith(base)) return false;
  const name = url.slice(base.length);
  return Object.hasOwn(files, name) || name.startsWith('words-');
}

async function answer(worker: WorkerScope, request: Request, cacheName: string): Promise<Response> {
  const cache = await worker.caches.open(cacheName);
  const kept = await cache.match(request.url, { ignoreVary: true });
  if (kept) return kept;
  const response = await worker.fetch(request);
  if (response.ok && response.type !== 'opaque') {
    // What finds no room is asked of the network again.
    await cache.put(request.url, response.clone()).catch(() => {});
  }
  return response;
}

async function fill(worker: WorkerScope, set: ModuleSet, current: string): Promise<void> {
  // Who saves data gets what is used, when it is used.
  if (savesData()) return;
  const { caches } = worker;
  const cache = await caches.open(current);
  const before = (await caches.keys()).filter(
    (name) => name.startsWith(prefix) && name !== current,
  );
  const keep = async (file: string): Promise<void> => {
    const url = set.base + file;
    if (await cache.match(url)) return;
    for (const name of isNamedByContent(file) ? before : []) {
      const kept = await (await caches.open(name)).match(url, { ignoreVary: true });
      if (kept) return cache.put(url, kept);
    }
    // A file that is not of this build is refused by its hash.
    const integrity = set.files[file] ?? '';
    const response = await worker.fetch(url, { integrity, credentials: 'omit', cache: 'no-cache' });
    if (response.ok) await cache.put(url, response);
  };
  await Promise.allSettled(set.needed.map(keep));
}

/** `lit-BO08Osfw.js`: a chunk whose name has its content's hash. */
function isNamedByContent(file: string): boolean {
  return /-[\w-]{8}\.js$/.test(file) && /[A-Z0-9]/.test(file.slice(-11));
}

/** Browsers activate a worker when no page uses the one before. */
async function dropOld({ caches }: WorkerScope, current: string): Promise<void> {
  const ours = (await caches.keys()).filter((name) => name.startsWith(prefix));
  await Promise.all(ours.filter((name) => name !== current).map((name) => caches.delete(name)));
}

function savesData(): boolean {
  const connection = Reflect.get(navigator, 'connection');
  return connection?.saveData === true;
}

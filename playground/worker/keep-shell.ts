export interface Shell {
  /** Names this build. */
  readonly version: string;
  /** Paths below the site's root. */
  readonly files: readonly string[];
  /** Kept from the start; the others once they were used. */
  readonly needed: readonly string[];
}

/** What is used of a service worker's scope, which TypeScript's library for pages lacks. */
interface ShellScope {
  readonly caches: CacheStorage;
  readonly fetch: typeof fetch;
  readonly location: { readonly origin: string };
  skipWaiting(): Promise<void>;
  addEventListener(
    type: 'install' | 'activate',
    listener: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
  addEventListener(
    type: 'fetch',
    listener: (event: {
      readonly request: Request;
      respondWith(answer: Promise<Response>): void;
    }) => void,
  ): void;
}

const prefix = 'playground-';

/** Keeps the playground's own pages, so that a reload in a tunnel paints. A new build is a new worker and a new cache. */
export function keepShell(self: unknown, { version, files, needed }: Shell): void {
  const worker = self as ShellScope;
  const { origin } = worker.location;
  const name = prefix + version;
  const known = new Set(files.map((file) => `${origin}/${file}`));

  worker.addEventListener('install', (event) => {
    const fill = async (): Promise<void> => {
      const cache = await worker.caches.open(name);
      await cache.addAll(needed.map((file) => new Request(`/${file}`, { cache: 'no-cache' })));
      await worker.skipWaiting();
    };
    event.waitUntil(fill());
  });

  worker.addEventListener('activate', (event) => {
    const tidy = async (): Promise<void> => {
      const old = (await worker.caches.keys()).filter((key) => key.startsWith(prefix));
      await Promise.all(old.filter((key) => key !== name).map((key) => worker.caches.delete(key)));
    };
    event.waitUntil(tidy());
  });

  worker.addEventListener('fetch', (event) => {
    const { request } = event;
    const file = fileOf(request);
    // Parts of a file, as of an archive of tiles, are asked of the server.
    if (request.method !== 'GET' || request.headers.has('range')) return;
    // Languages are on no list: they are many, and a page uses one.
    if (!known.has(file) && !file.startsWith(`${origin}/assets/words-`)) return;
    const answer = async (): Promise<Response> => {
      const cache = await worker.caches.open(name);
      const kept = await cache.match(file);
      if (kept) return kept;
      const response = await worker.fetch(request);
      if (response.status === 200) await cache.put(file, response.clone()).catch(() => {});
      return response;
    };
    event.respondWith(answer());
  });
}

/** The server finds `/gallery` in `gallery.html`; what a page is asked for does not change the page. */
function fileOf({ url, mode }: Request): string {
  const { origin, pathname } = new URL(url);
  if (mode !== 'navigate') return origin + pathname;
  if (pathname === '/') return `${origin}/index.html`;
  return `${origin}${pathname}${pathname.endsWith('.html') ? '' : '.html'}`;
}

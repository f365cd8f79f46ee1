import type { WorkerScope } from './worker-scope.ts';

const cacheName = 'jamz-photos';
/** Small squares of some 5 kB each: the faces of a few groups. */
const mostPhotos = 200;

/**
 * Keeps people's small pictures once they were shown, so that they show in a tunnel. A picture never changes under its
 * address; the oldest go first.
 *
 * @param base the folder of the elements' modules: pictures are answered for its own origin alone
 */
export function servePhotos(worker: WorkerScope, base: string): void {
  const { origin } = new URL(base);
  worker.addEventListener('fetch', (event) => {
    const { method, mode, url } = event.request;
    const { origin: its, pathname } = new URL(url);
    // Without CORS the answer would be opaque: browsers count such a one as megabytes.
    if (method !== 'GET' || mode !== 'cors' || its !== origin) return;
    if (/^\/v1\/photos\/[^/]+\/(96|256)$/.test(pathname)) {
      event.respondWith(answer(worker, event.request));
    }
  });
}

async function answer(worker: WorkerScope, request: Request): Promise<Response> {
  const cache = await worker.caches.open(cacheName);
  const kept = await cache.match(request.url, { ignoreVary: true });
  if (kept) return kept;
  const response = await worker.fetch(request);
  if (response.ok) {
    // What finds no room is asked of the network again.
    await cache.put(request.url, response.clone()).catch(() => {});
    const all = await cache.keys();
    for (const old of all.slice(0, -mostPhotos)) await cache.delete(old);
  }
  return response;
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site of its own origin, with a service worker of its own that takes ours in by one line. */
export interface HostSite {
  readonly url: string;
  close(): Promise<void>;
}

/** @param cdn where the elements are, without a slash at the end */
export async function startHostSite(cdn: string): Promise<HostSite> {
  const page = `<!doctype html><html lang="en"><title>A site</title>
<script type="module" src="${cdn}/jamz.js"></script>
<script type="module" src="/app-Ab3dEf9h.js"></script>
<jamz-player server="${new URL(cdn).origin}" site="pk_demo"></jamz-player>`;
  const worker = `importScripts('${cdn}/jamz-sw.js');
addEventListener('install', (event) => event.waitUntil(caches.open('host').then((cache) => cache.add('/'))));
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url);
  if (pathname === '/') event.respondWith(caches.match('/'));
  if (pathname === '/of-the-host') event.respondWith(new Response('the host’s own worker'));
});
addEventListener('push', (event) => {
  const data = event.data.json();
  if (data.of === 'host') event.waitUntil(registration.showNotification(data.title));
});`;
  const files: Readonly<Record<string, readonly [type: string, text: string]>> = {
    '/': ['text/html', page],
    '/sw.js': ['text/javascript', worker],
    '/app-Ab3dEf9h.js': ['text/javascript', 'navigator.serviceWorker.register("/sw.js");'],
  };
  const server: Server = createServer(({ url = '' }, response) => {
    const [type, text] = files[url] ?? ['text/plain', ''];
    response.writeHead(files[url] ? 200 : 404, { 'content-type': `${type}; charset=utf-8` });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

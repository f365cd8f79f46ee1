import { readPushMessage } from '../protocol/push-message.ts';
import type { Registry } from './registry.ts';
import type { WorkerScope } from './worker-scope.ts';

/** Shows our push messages, each once, and leads from them to the page. A host's own are left to the host. */
export function showPushes(
  worker: WorkerScope,
  registry: () => Registry,
  nowMs: () => number,
): void {
  worker.addEventListener('push', (event) => {
    const message = readPushMessage(jsonIn(event.data));
    if (!message) return;
    const { id, title, body, url, at } = message;
    const show = async (): Promise<void> => {
      // A message that might come twice is better than one that never comes.
      if (
        !(await registry()
          .showsFirst(id, nowMs())
          .catch(() => true))
      )
        return;
      await worker.registration.showNotification(title, {
        body,
        tag: `jamz-${id}`,
        data: { jamz: 1, url: placeOf(url, worker), at },
      });
    };
    event.waitUntil(show());
  });

  worker.addEventListener('notificationclick', (event) => {
    const { notification } = event;
    if (notification.data?.jamz !== 1) return;
    notification.close();
    event.waitUntil(openPage(String(notification.data.url), worker));
  });
}

/** A window that shows the place already, else a new one. */
async function openPage(url: string, { clients }: WorkerScope): Promise<void> {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = windows.find((window) => window.url === url);
  await (there ? there.focus() : clients.openWindow(url));
}

/** A push leads nowhere but to the site that installed this worker. */
function placeOf(url: string, { registration }: WorkerScope): string {
  const { scope } = registration;
  if (!URL.canParse(url, scope)) return scope;
  const place = new URL(url, scope);
  return place.origin === new URL(scope).origin ? place.href : scope;
}

function jsonIn(data: { json(): unknown } | null): unknown {
  try {
    return data?.json();
  } catch {
    return undefined;
  }
}

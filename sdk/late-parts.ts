/** Fetches a part's code, and so puts it where the browser keeps modules. */
export type FetchPart = () => Promise<unknown>;

/**
 * What of the SDK comes only when it is needed and may be needed where there is no network: a refusal of what was
 * tapped in a tunnel, storage that fails there, a second tab, a file that is chosen there. What needs a network anyway, and sound, is not here.
 */
export const lateParts: readonly FetchPart[] = [
  () => import('./sync/summary.ts'),
  () => import('./store/storage-failure.ts'),
  () => import('./store/lost-pages.ts'),
  () => import('./sync/follower.ts'),
  () => import('./sync/tab-host.ts'),
  () => import('./positions/open-sharing.ts'),
  () => import('./merge/encode-snapshot.ts'),
  () => import('./files/keep-uploads.ts'),
];

/**
 * Fetches all of them, one after the other, whenever the page is at rest. One that does not come now is fetched when
 * it is needed.
 *
 * @param atRest resolves when there is nothing better to do
 */
export async function fetchLateParts(
  atRest: () => Promise<void> = idle,
  late: readonly FetchPart[] = lateParts,
): Promise<void> {
  for (const fetchPart of late) {
    await atRest();
    await fetchPart().catch(() => {});
  }
}

function idle(): Promise<void> {
  // Not in Safari, nor outside a page.
  const { requestIdleCallback } = globalThis as Partial<typeof globalThis>;
  return new Promise((resolve) => {
    if (requestIdleCallback) requestIdleCallback(() => resolve());
    else queueMicrotask(resolve);
  });
}

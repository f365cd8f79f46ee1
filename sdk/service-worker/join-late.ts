import type { JoinDeps } from './join-worker.ts';

/**
 * Entrusts a replica to its site's service worker, where there is one: its code comes then. Resolves when that is
 * done, and never rejects; without it the page does everything itself.
 *
 * @param container undefined on plain http; throws in a sandboxed frame
 */
export async function joinLate(
  deps: JoinDeps,
  container: () => Pick<ServiceWorkerContainer, 'ready'> | undefined = () =>
    navigator.serviceWorker,
): Promise<void> {
  try {
    const registration = await container()?.ready;
    if (!registration) return;
    const { joinWorker } = await import('./join-worker.ts');
    await joinWorker(registration, deps);
  } catch {
    // Forbidden here, or in a dead spot where the browser does not have the code.
  }
}

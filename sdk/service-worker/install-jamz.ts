import { deviceVisit, runErrands, type Visit } from './errands.ts';
import { openRegistry, type Registry } from './registry.ts';
import type { Errand } from './run-errand.ts';
import { type ModuleSet, serveModules } from './serve-modules.ts';
import { servePhotos } from './serve-photos.ts';
import { showPushes } from './show-pushes.ts';
import { drainTag, here, isJoin, refreshTag } from './words.ts';
import type { WorkerScope } from './worker-scope.ts';

export interface InstallOptions {
  /** The elements' modules to keep for tunnels. Absent: a page's modules are its host's matter. */
  readonly modules?: ModuleSet;
  readonly visit?: Visit;
  readonly openRegistry?: () => Registry;
  readonly nowMs?: () => number;
}

/**
 * Gives a service worker TrafficJamz's part: what waits is sent after the page was closed, caches are refreshed once a
 * day, our push messages are shown. It answers no request, message, tag or push that is not ours, and never asks a
 * worker to take over early.
 *
 * @param self the worker's global scope
 * @example
 * // in a host's own worker, a module
 * import { installJamz } from 'trafficjamz/service-worker';
 * installJamz(self);
 */
export function installJamz(self: unknown, options: InstallOptions = {}): void {
  const worker = self as WorkerScope;
  const { nowMs = Date.now, visit = deviceVisit((...request) => worker.fetch(...request)) } =
    options;
  let opened: Registry | undefined;
  const registry = (): Registry => {
    opened ??= (options.openRegistry ?? openRegistry)();
    return opened;
  };
  let underWay: Promise<void> = Promise.resolve();
  /** One at a time: a second would find the lock taken by the first. */
  const run = (errand: Errand): Promise<void> => {
    underWay = underWay
      .catch(() => {})
      .then(() => runErrands(errand, registry(), { visit, nowMs }));
    return underWay;
  };

  worker.addEventListener('sync', (event) => {
    if (event.tag === drainTag) event.waitUntil(run('drain'));
  });
  worker.addEventListener('periodicsync', (event) => {
    if (event.tag === refreshTag) event.waitUntil(run('refresh'));
  });
  worker.addEventListener('message', ({ data, ports }) => {
    if (isJoin(data)) ports[0]?.postMessage(here);
  });
  showPushes(worker, registry, nowMs);
  if (options.modules) {
    serveModules(worker, options.modules);
    servePhotos(worker, options.modules.base);
  }
}

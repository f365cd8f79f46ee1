import { JamzError } from '../../sdk/protocol/errors.ts';
import { restoreLogs } from '../../server/sync/restore-logs.ts';
import { epochMs } from '../world/epoch.ts';
import type { Random } from '../world/random.ts';
import type { World } from '../world/world.ts';
import type { Step } from './plan.ts';

/** Somebody winds all logs back by as long as the step lasts, and says whether what came later is wanted. */
export function restore(world: World, { who, forMs }: Step, chance: Random): void {
  const rejoin = chance.chance(0.6);
  if (chance.chance(0.5)) {
    const start = stopServers(world);
    start();
  }
  const server = world.servers[who];
  const { logs, store } = server ?? {};
  if (!server || !logs || !store) return;
  restoreLogs({ logs, store }, { toMs: server.nowMs() - forMs, rejoin }).catch((error: unknown) => {
    // A store that fails meanwhile is a fault of its own; whoever restores is told.
    if (!(error instanceof JamzError)) throw error;
  });
}

/** A copy of the store that is as old as the step is long takes its place, and the servers know nothing of it. */
export function putBack(world: World, { forMs }: Step): void {
  const start = stopServers(world);
  world.disk.putBack(epochMs + world.time.nowMs - forMs);
  start();
}

/** @returns starts them again */
function stopServers({ servers, phones }: World): () => void {
  const stopped = servers.filter(({ up }) => up);
  for (const server of stopped) server.crash();
  for (const { wire } of phones) if (wire.condition.dark === 'none') wire.breakAll();
  return () => {
    for (const server of stopped) server.start();
  };
}

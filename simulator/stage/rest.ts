import { checkAtRest, isAtRest } from '../invariants/at-rest.ts';
import type { Referee } from '../invariants/referee.ts';
import { calmPhone, calmServer } from '../world/weather.ts';
import type { World } from '../world/world.ts';

/** The longest that phones may take to be in step again once nothing is wrong any more. */
const restMs = 300_000;
/** So long it lasts at least: what was planned before may still come. */
const leastMs = 60_000;

/** So long a greeting takes at most on a good link. */
const greetingMs = 30_000;

/** Everything is put right, time passes until nothing is left to do, and everybody is compared. */
export async function comeToRest(world: World, referee: Referee): Promise<void> {
  const { time, phones, servers, bus } = world;
  bus.lossShare = 0;
  for (const server of servers) calmServer(server);
  for (const phone of phones) calmPhone(phone);
  const ended = (): boolean => referee.violation !== undefined;
  for (let waitedMs = 0; waitedMs < restMs && !ended(); waitedMs += 10_000) {
    await time.run(time.nowMs + 10_000, ended);
    if (waitedMs >= leastMs && isAtRest(world, referee)) break;
  }
  // Who greets the server anew just now, with another token, is not at a standstill.
  for (let waitedMs = 0; waitedMs < greetingMs && !ended(); waitedMs += 1_000) {
    if (!phones.some(isGreeting)) break;
    await time.run(time.nowMs + 1_000, ended);
  }
  if (ended()) return;
  checkAtRest(world, referee);
  await time.run(time.nowMs + 1, ended);
}

function isGreeting({ engine }: World['phones'][number]): boolean {
  return engine?.status$.value.state === 'SYNCING' && engine.replica.pendingCount === 0;
}

import { refusalOf } from '../merge/admissible.ts';
import { Engine, type EngineDeps } from '../sync/engine.ts';
import { noSurroundings } from '../sync/scheduler.ts';
import type { EngineEvents } from '../sync/sync-engine.ts';
import { seededRandom } from './seeded-random.ts';

/** What differs from test to test; all else has a default. */
export type LoopbackEngineDeps = Pick<EngineDeps, 'journal' | 'openLink' | 'scheduler'> &
  Partial<EngineDeps>;

let opened = 0;

/** Ana's engine, not started, on whatever link it is given. Its ids follow from how many were opened before it. */
export function loopbackEngine(
  deps: LoopbackEngineDeps,
  events: Partial<EngineEvents> = {},
): Promise<Engine> {
  opened += 1;
  return Engine.open(
    {
      refusalOf,
      server: 'loopback:',
      site: 'pk_test',
      userId: 'ana',
      token: async () => 'token',
      surroundings: noSurroundings,
      random: seededRandom(opened),
      ...deps,
    },
    { changed() {}, live() {}, groups() {}, ended() {}, ...events },
  );
}

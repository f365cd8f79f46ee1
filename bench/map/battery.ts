import { FixFilter } from '../../sdk/positions/fix-filter.ts';
import { firstMotion, motionAfter, paces } from '../../sdk/positions/motion.ts';
import type { Heard } from './receiver.ts';

/** What asking costs, of the time that passed. */
export interface Battery {
  readonly wakeUps: number;
  readonly receiverOnMs: number;
}

/** A receiver that was asleep for seconds needs about this long for a fix. */
const fixTakesMs = 3_000;

/** How often a phone wakes and how long its receiver is on, asked as the SDK asks while this track is driven. */
export function batteryOf(heard: readonly Heard[], durationMs: number): Battery {
  const filter = new FixFilter();
  let state = firstMotion(0);
  let [wakeUps, receiverOnMs, nextMs] = [0, 0, 0];
  for (const { fix } of heard) {
    if (fix.atMs < nextMs) continue;
    const { everyMs } = paces[state.motion];
    wakeUps += 1;
    receiverOnMs += everyMs === 0 ? 1_000 : fixTakesMs;
    nextMs = fix.atMs + (everyMs === 0 ? 1 : everyMs + fixTakesMs);
    const filtered = filter.take(fix);
    if (filtered.kind === 'fix') state = motionAfter(state, filtered.fix);
  }
  return { wakeUps, receiverOnMs: Math.min(durationMs, receiverOnMs) };
}

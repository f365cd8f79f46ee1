import type { Referee } from '../invariants/referee.ts';
import type { Phone } from '../world/phone.ts';
import type { Random } from '../world/random.ts';

/** The device finds out where it is, or its person changes who may know. */
export function moveAbout(phone: Phone, chance: Random, referee: Referee): void {
  const { run, engine } = phone;
  if (!run?.sharing || !engine) return;
  if (chance.chance(0.4)) {
    const mode = chance.pick(['precise', 'coarse', 'off'] as const);
    run.sharing.set(mode);
    referee.privacy.chose(phone, mode);
    return;
  }
  const fix = {
    lat: chance.between(46, 48),
    lng: chance.between(7, 9),
    accuracyM: chance.between(3, 60),
    speedMps: chance.between(0, 40),
    atMs: engine.time.nowMs(),
  };
  referee.privacy.fixed(phone, fix);
  run.sharing.report(fix);
}

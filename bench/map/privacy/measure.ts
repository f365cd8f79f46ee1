import { aimed, type Section } from '../section.ts';
import { runEverywhere } from './run.ts';

/** Runs so many random schedules and says what was found that must not be. */
export async function measurePrivacy(count: number): Promise<Section> {
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError('How many schedules?');
  const { schedules, found, visits, leaks } = await runEverywhere(count);
  for (const leak of leaks) console.error(leak);
  const shown = (value: number): string => value.toLocaleString('en');
  const { lines, missed } = aimed([
    [
      leaks.length === 0,
      `${leaks.length} finer than shared, of ${shown(found)} places looked at, ${shown(visits)} with an arrival or a departure`,
    ],
  ]);
  return {
    name: 'privacy',
    text: `${shown(schedules)} random schedules of modes, end times, networks that come and go, one or two devices, pages that open, freeze, thaw and close, private places, arrivals and departures with and without consent, leaving and signing out; the wire, the server's memory, another member's replica and history are searched.\n\n${lines}`,
    missed,
  };
}

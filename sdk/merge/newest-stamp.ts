import { type Hlc, zeroHlc } from '../clock/hlc.ts';
import type { ScopeState } from './states.ts';

/**
 * The highest stamp that a state remembers, for a clock that goes on from a snapshot: whoever has seen a value stamps
 * above it. O(n) in what carries stamps. {@link zeroHlc} where nothing does.
 */
export function newestStamp(state: ScopeState): Hlc {
  let newest = zeroHlc;
  const look = (stamp: Hlc): void => {
    if (stamp > newest) newest = stamp;
  };
  const lookAtAll = (stamps: Readonly<Record<string, Hlc>>): void => {
    for (const field in stamps) look(stamps[field] ?? zeroHlc);
  };
  if (state.kind === 'user') {
    for (const write of Object.values(state.fields)) look(write.stamp);
    for (const { mine, theirs } of state.conflicts) {
      look(mine.stamp);
      look(theirs.stamp);
    }
    return newest;
  }
  look(state.playback.recordStamp);
  look(state.playback.repeatStamp);
  look(state.playback.shuffleStamp);
  lookAtAll(state.info.stamps);
  for (const { stamps } of state.places.values()) lookAtAll(stamps);
  for (const { stamp } of state.messages.values()) look(stamp);
  for (const { stamps } of state.reactions.values()) lookAtAll(stamps);
  return newest;
}

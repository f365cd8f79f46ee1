import type { Scheduler } from '../sync/scheduler.ts';
import type { LocationSource } from './location-source.ts';
import { lengthMs, onTrack, type Track } from './tracks.ts';

const aboutEveryMs = 1_000;

/**
 * A recorded track, or a drive, in the place of a receiver: it sets off when it is first watched and tells nothing in
 * its outages.
 *
 * @param options `speed`: times as fast as it was driven; `accuracyM`: what its fixes claim
 */
export function trackSource(
  track: Track,
  time: Pick<Scheduler, 'nowMs' | 'after'>,
  { speed = 1, accuracyM = 5 }: { readonly speed?: number; readonly accuracyM?: number } = {},
): LocationSource {
  let setOffMs: number | undefined;
  return {
    watch({ everyMs }, listener) {
      setOffMs ??= time.nowMs();
      const beganMs = setOffMs;
      let stop = (): void => {};
      const tell = (): void => {
        const afterMs = (time.nowMs() - beganMs) * speed;
        const { isOut, lat, lng, headingDeg, speedMps } = onTrack(track, afterMs);
        if (isOut) listener.problem('searching');
        else {
          const moving = { headingDeg, speedMps: speedMps * speed };
          listener.fix({ lat, lng, accuracyM, ...moving, atMs: time.nowMs() });
        }
        // Whoever has arrived stays where they are.
        const pauseMs = afterMs < lengthMs(track) ? everyMs : Math.max(everyMs, aboutEveryMs);
        stop = time.after(Math.max(pauseMs, aboutEveryMs), tell);
      };
      tell();
      return () => stop();
    },
  };
}

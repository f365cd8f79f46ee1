import type { Fix } from '../protocol/wire.ts';
import type { Scheduler } from '../sync/scheduler.ts';
import type { LocationListener, LocationSource } from './location-source.ts';

/** What of the browser's Geolocation is used. */
export type DeviceGeolocation = Pick<
  Geolocation,
  'watchPosition' | 'clearWatch' | 'getCurrentPosition'
>;

const permissionDenied = 1;
const patienceMs = 20_000;

/**
 * The browser's own Geolocation. At a pace of its own it is watched, which keeps the receiver on; else it is asked now
 * and then, and the receiver rests in between.
 */
export function deviceSource(
  geolocation: DeviceGeolocation,
  after: Scheduler['after'],
): LocationSource {
  return {
    watch({ everyMs, highAccuracy }, listener) {
      const wish = { enableHighAccuracy: highAccuracy, maximumAge: 0, timeout: patienceMs };
      const failed = ({ code }: { readonly code: number }): void =>
        listener.problem(code === permissionDenied ? 'denied' : 'searching');
      if (everyMs === 0) {
        const id = geolocation.watchPosition(
          (position) => listener.fix(fixOf(position)),
          failed,
          wish,
        );
        return () => geolocation.clearWatch(id);
      }
      return poll(geolocation, wish, everyMs, after, listener, failed);
    },
  };
}

function poll(
  geolocation: DeviceGeolocation,
  wish: PositionOptions,
  everyMs: number,
  after: Scheduler['after'],
  listener: LocationListener,
  failed: (error: { readonly code: number }) => void,
): () => void {
  let isOver = false;
  let stop: (() => void) | undefined;
  const again = (): void => {
    if (!isOver) stop = after(everyMs, ask);
  };
  const ask = (): void => {
    geolocation.getCurrentPosition(
      (position) => {
        if (isOver) return;
        listener.fix(fixOf(position));
        again();
      },
      (error) => {
        if (isOver) return;
        failed(error);
        again();
      },
      wish,
    );
  };
  stop = after(everyMs, ask);
  return () => {
    isOver = true;
    stop?.();
  };
}

/** Browsers give null, old ones NaN, where the device does not tell. */
function fixOf({ coords, timestamp }: GeolocationPosition): Fix {
  const { latitude: lat, longitude: lng, accuracy: accuracyM, heading, speed } = coords;
  return {
    ...{ lat, lng, accuracyM, atMs: timestamp },
    ...(isNumber(heading) ? { headingDeg: heading } : {}),
    ...(isNumber(speed) ? { speedMps: speed } : {}),
  };
}

function isNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

import { shaped } from './decode-runs.ts';
import { type Decoded, decoded } from './decoded.ts';
import { idShape, scopeShape } from './ids.ts';
import { between, object, oneOf, orNull } from './shapes.ts';
import type { Fix, LiveReport, Visit } from './wire.ts';

/** Server: one device's position. Whether it is from the future is for the use case to say. */
export function decodeLiveReport(input: unknown): Decoded<LiveReport> {
  return decoded(() => shaped(liveReportShape, input, 'live'));
}

const msShape = between(0, 1e14);

const fixShape = object<Fix>(
  {
    lat: between(-90, 90),
    lng: between(-180, 180),
    accuracyM: between(0, 1e6),
    atMs: msShape,
  },
  { headingDeg: between(0, 360), speedMps: between(0, 1_000) },
);

const visitShape = object<Visit>({
  placeId: idShape,
  kind: oneOf<Visit['kind']>('arrived', 'left'),
  atMs: msShape,
});

const liveReportShape = object<LiveReport>(
  {
    scope: scopeShape,
    deviceId: idShape,
    mode: oneOf<LiveReport['mode']>('precise', 'coarse', 'off'),
    fix: orNull(fixShape),
  },
  {
    ...{ pausedAtMs: msShape, untilMs: msShape, movedAtMs: msShape, chosenAtMs: msShape },
    visit: visitShape,
  },
);

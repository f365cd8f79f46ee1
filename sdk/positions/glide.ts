import { bearingDeg, between, distanceM, type LatLng, moved, shortWayDeg } from './earth.ts';

/** One fix as the glide needs it. */
export interface GlideFix extends LatLng {
  readonly atMs: number;
  readonly headingDeg?: number;
  readonly speedMps?: number;
}

/** Where to draw somebody now. */
export interface Drawn extends LatLng {
  /** Which way they go, degrees clockwise from north; null where nothing tells. */
  readonly headingDeg: number | null;
  /** False when they will be drawn at the same place until another fix comes. */
  readonly moving: boolean;
}

/**
 * One person's way over the map: between fixes by their times, beyond the last one by dead reckoning along its course.
 * It is drawn as it is now, not as it was: a picture that lags by a second is as many metres behind as a car drives in
 * one. What a second of waiting would smooth, a correction that takes its time does. Oldest fix first. A value: `addFix`
 * makes the next one.
 */
export interface Glide {
  readonly fixes: readonly GlideFix[];
  /** How far off the way they were drawn when the last fix came; eased to nothing. */
  readonly error: {
    readonly lat: number;
    readonly lng: number;
    readonly sinceMs: number;
    readonly easeMs: number;
  } | null;
}

/** Beyond the last fix the last course is held this long, then slowed to a stop. */
const holdCourseMs = 12_000;
const slowDownMs = 4_000;
/** A correction is worked in over half a second and more, a large one over longer: at about so many m/s. */
const easeMs = 500;
const mostEaseMs = 2_500;
const easeMps = 60;
/** Further than this is a new place, not a correction. */
const teleportM = 3000;
const keptFixes = 6;
/** Slower than this is standing: a course at such speeds is noise. */
const standingMps = 0.6;

export const newGlide: Glide = { fixes: [], error: null };

/**
 * Takes a fix in. What is drawn does not jump: the difference between where the person was drawn and
 * where the longer way puts them is kept and eased away. Fixes that are not newer change nothing.
 *
 * @param nowMs the clock that `fix.atMs` is told in; a time before it draws everything so much later
 */
export function addFix(glide: Glide, fix: GlideFix, nowMs: number): Glide {
  const last = glide.fixes.at(-1);
  if (last && fix.atMs <= last.atMs) return glide;
  const before = drawnAt(glide, nowMs);
  const fixes = [...glide.fixes, fix].slice(-keptFixes);
  const after = before && wayAt(fixes, nowMs);
  if (!before || !after) return { fixes, error: null };
  if (distanceM(before, fix) > teleportM) return { fixes: [fix], error: null };
  return {
    fixes,
    error: {
      lat: before.lat - after.lat,
      lng: shortWayDeg(before.lng - after.lng),
      sinceMs: nowMs,
      easeMs: Math.min(mostEaseMs, Math.max(easeMs, (distanceM(before, after) / easeMps) * 1000)),
    },
  };
}

/** Where to draw the person at `nowMs`; undefined before the first fix. */
export function drawnAt(glide: Glide, nowMs: number): Drawn | undefined {
  const way = wayAt(glide.fixes, nowMs);
  if (!way || !glide.error) return way;
  const part = (nowMs - glide.error.sinceMs) / glide.error.easeMs;
  if (part >= 1) return way;
  const left = 1 - smooth(Math.max(0, part));
  return {
    ...way,
    lat: way.lat + glide.error.lat * left,
    lng: shortWayDeg(way.lng + glide.error.lng * left),
    moving: true,
  };
}

/**
 * Where somebody is by now who was there then: along the course that the fix tells, at its speed, then slower, then
 * still. Whoever reports reckons the same, and says so when it is wrong.
 */
export function reckoned(from: GlideFix, atMs: number): Drawn {
  return reckonedBy(from, from.headingDeg ?? null, from.speedMps ?? 0, atMs);
}

/** The way itself at a time: between fixes by their times, beyond the last by its course. */
function wayAt(fixes: readonly GlideFix[], atMs: number): Drawn | undefined {
  const nextIndex = fixes.findIndex((fix) => fix.atMs > atMs);
  const next = nextIndex < 0 ? undefined : fixes[nextIndex];
  const from = nextIndex < 0 ? fixes.at(-1) : fixes[nextIndex - 1];
  if (next && from) return betweenFixes(fixes, nextIndex, atMs);
  if (next) return { lat: next.lat, lng: next.lng, headingDeg: courseAt(fixes, 0), moving: true };
  if (!from) return undefined;
  const speedMps = from.speedMps ?? speedBetween(fixes.at(-2), from);
  return reckonedBy(from, courseAt(fixes, fixes.length - 1), speedMps, atMs);
}

function betweenFixes(fixes: readonly GlideFix[], nextIndex: number, atMs: number): Drawn {
  const [from, next] = [fixes[nextIndex - 1], fixes[nextIndex]];
  if (!from || !next) throw new RangeError('No fixes to draw between.');
  const part = (atMs - from.atMs) / (next.atMs - from.atMs);
  return {
    ...between(from, next, part),
    headingDeg: turned(courseAt(fixes, nextIndex - 1), courseAt(fixes, nextIndex), part),
    moving: true,
  };
}

/** Dead reckoning: along the last course at the last speed, then slower, then still. */
function reckonedBy(
  from: GlideFix,
  headingDeg: number | null,
  speedMps: number,
  atMs: number,
): Drawn {
  const pastMs = atMs - from.atMs;
  const still = headingDeg === null || speedMps < standingMps;
  if (still) return { lat: from.lat, lng: from.lng, headingDeg, moving: false };
  const slowingMs = Math.max(0, Math.min(slowDownMs, pastMs - holdCourseMs));
  const drivenMs = Math.min(pastMs, holdCourseMs) + slowingMs - slowingMs ** 2 / (2 * slowDownMs);
  return {
    ...moved(from, headingDeg, (speedMps * drivenMs) / 1000),
    headingDeg,
    moving: pastMs < holdCourseMs + slowDownMs,
  };
}

/** The heading a fix tells, or the course from the fix before it where they are far enough apart to tell one. */
function courseAt(fixes: readonly GlideFix[], index: number): number | null {
  const fix = fixes[index];
  if (!fix) return null;
  if (fix.headingDeg !== undefined && Number.isFinite(fix.headingDeg)) return fix.headingDeg;
  const before = fixes[index - 1];
  if (!before || speedBetween(before, fix) < standingMps) return null;
  return bearingDeg(before, fix);
}

function speedBetween(from: GlideFix | undefined, to: GlideFix): number {
  if (!from || to.atMs <= from.atMs) return 0;
  return (distanceM(from, to) * 1000) / (to.atMs - from.atMs);
}

function turned(from: number | null, to: number | null, part: number): number | null {
  if (from === null || to === null) return to ?? from;
  return (from + shortWayDeg(to - from) * part + 360) % 360;
}

function smooth(part: number): number {
  return part * part * (3 - 2 * part);
}

import { coarseAccuracyM, coarsen } from '../../../sdk/positions/coarse.ts';
import { distanceM, type LatLng } from '../../../sdk/positions/earth.ts';
import type { Fix, SharingMode, Visit } from '../../../sdk/protocol/wire.ts';

/** Something of where a device was, found where it is not the device's own. */
export interface Found {
  readonly where: 'wire' | 'server' | 'replica' | 'history';
  /** When it got there, or left for there. */
  readonly atMs: number;
  readonly deviceId: string;
  readonly mode: SharingMode;
  readonly fix: Fix;
  readonly visit?: Visit | undefined;
}

interface Said {
  readonly atMs: number;
  readonly mode: SharingMode;
  readonly untilMs: number;
  readonly visits: boolean;
}

interface Place extends LatLng {
  readonly radiusM: number;
  readonly fromMs: number;
  untilMs: number;
}

/** A fix is the newest for no longer than this: devices that share are asked more often. */
const newestMs = 25_000;

/** Cells are told with five digits behind the point. */
const cellDigitsDeg = 1.1e-5;

/**
 * What a person said, where they were, and so what others may know. It shares no code with what it judges but the grid
 * of coarse places.
 */
export class Truth {
  readonly leaks: string[] = [];
  found = 0;
  /** Arrivals and departures among what was found. */
  visits = 0;
  readonly #said = new Map<string, Said[]>();
  readonly #places = new Map<string, Place[]>();
  readonly #raw = new Map<string, Fix>();
  /** What was allowed on the wire: anything further on must be one of these. */
  readonly #passed = new Set<string>();
  #goneAtMs = Number.POSITIVE_INFINITY;

  said(deviceId: string, mode: SharingMode, untilMs: number, atMs: number, visits = false): void {
    this.#listOf(this.#said, deviceId).push({ atMs, mode, untilMs, visits });
  }

  /** Each device has its own list. */
  hid(deviceId: string, place: LatLng & { readonly radiusM: number }, atMs: number): void {
    const untilMs = Number.POSITIVE_INFINITY;
    this.#listOf(this.#places, deviceId).push({ ...place, fromMs: atMs, untilMs });
  }

  unhid(deviceId: string, { lat, lng }: LatLng, atMs: number): void {
    for (const place of this.#listOf(this.#places, deviceId)) {
      if (place.lat === lat && place.lng === lng) place.untilMs = Math.min(place.untilMs, atMs);
    }
  }

  /** The person left the group, or signed out. */
  gone(atMs: number): void {
    this.#goneAtMs = Math.min(this.#goneAtMs, atMs);
  }

  was(deviceId: string, fix: Fix): void {
    this.#raw.set(`${deviceId} ${fix.atMs}`, fix);
  }

  modeAt(deviceId: string, atMs: number): SharingMode {
    if (atMs >= this.#goneAtMs) return 'off';
    const last = this.#saidOf(deviceId).findLast((said) => said.atMs <= atMs);
    return !last || last.untilMs <= atMs ? 'off' : last.mode;
  }

  /** Judges what was found. Beyond the wire nothing may be known that was not on it. */
  judge(found: Found): void {
    this.found += 1;
    const key = `${found.deviceId} ${found.mode} ${JSON.stringify(placeOf(found.fix))}`;
    const wrong = found.where === 'wire' ? this.#wrongOnWire(found) : this.#wrongBeyond(found, key);
    if (wrong) this.leaks.push(`${found.where} at ${found.atMs}: ${wrong}: ${key}`);
    else this.#passed.add(key);
    if (found.visit) this.#judgeVisit(found, found.visit);
  }

  #judgeVisit({ where, deviceId, atMs, mode }: Found, visit: Visit): void {
    this.visits += 1;
    const key = `${deviceId} ${mode} ${JSON.stringify(visit)}`;
    const isOnWire = where === 'wire';
    const unheard = this.#passed.has(key) ? undefined : 'a visit that was never on the wire';
    const wrong = isOnWire ? this.#wrongVisit(deviceId, atMs, visit) : unheard;
    if (wrong || mode !== 'precise') this.leaks.push(`${where} at ${atMs}: ${wrong}: ${key}`);
    else this.#passed.add(key);
  }

  /** Agreed to from when it happened until it was told, and nothing of what was private then. */
  #wrongVisit(deviceId: string, toldAtMs: number, { atMs }: Visit): string | undefined {
    const said = this.#saidOf(deviceId).filter((one) => one.atMs <= toldAtMs);
    const agreed = said.slice(
      Math.max(
        0,
        said.findLastIndex((one) => one.atMs <= atMs),
      ),
    );
    const isAgreed = agreed.every((one) => one.mode === 'precise' && one.visits);
    if (!isAgreed || this.modeAt(deviceId, atMs) !== 'precise') return 'a visit not agreed to';
    const raw = this.#raw.get(`${deviceId} ${atMs}`);
    if (!raw) return 'a visit at no time of a fix';
    const isPrivate = this.#placesOf(deviceId).some(
      (place) =>
        place.fromMs <= atMs && place.untilMs > toldAtMs && distanceM(raw, place) < place.radiusM,
    );
    return isPrivate ? 'a visit in a private place' : undefined;
  }

  #wrongBeyond({ mode, fix }: Found, key: string): string | undefined {
    if (!this.#passed.has(key)) return 'was never on the wire';
    return mode === 'coarse' ? tooFine(fix) : undefined;
  }

  #wrongOnWire({ deviceId, atMs, mode, fix }: Found): string | undefined {
    const now = this.modeAt(deviceId, atMs);
    if (now === 'off' || mode === 'off') return `told while ${now}`;
    if (this.modeAt(deviceId, fix.atMs) === 'off') return 'taken while off';
    const since = this.#saidOf(deviceId).filter((said) => said.atMs > fix.atMs);
    if (since.some((said) => said.mode === 'off')) return 'told after an off';
    const raw = this.#raw.get(`${deviceId} ${fix.atMs}`);
    if (!raw) return 'a fix that never was';
    for (const place of this.#placesOf(deviceId)) {
      const isThere = place.fromMs <= atMs && place.untilMs > atMs;
      if (!isThere) continue;
      if (distanceM(raw, place) < place.radiusM) return 'taken in a private place';
      if (mode === 'precise' && distanceM(fix, place) < place.radiusM) return 'in a private place';
    }
    if (mode === 'coarse') return tooFine(fix);
    if (now === 'coarse') return 'precise while coarse';
    // Where somebody is when they say “precise”, and from then on: not where they were before.
    const before = [{ mode: this.modeAt(deviceId, fix.atMs), atMs: fix.atMs }, ...since];
    const last = before.findLastIndex((said) => said.mode === 'coarse');
    const fromMs = last < 0 ? fix.atMs : (before[last + 1]?.atMs ?? 0);
    return fromMs - fix.atMs > newestMs ? 'precise of a time that was coarse' : undefined;
  }

  #saidOf(deviceId: string): readonly Said[] {
    return this.#said.get(deviceId) ?? [];
  }

  #placesOf(deviceId: string): readonly Place[] {
    return this.#places.get(deviceId) ?? [];
  }

  #listOf<T>(map: Map<string, T[]>, deviceId: string): T[] {
    const list = map.get(deviceId) ?? [];
    map.set(deviceId, list);
    return list;
  }
}

/** A coarse place is the middle of its cell, says so, and says nothing more. */
function tooFine(fix: Fix): string | undefined {
  if (fix.accuracyM < coarseAccuracyM) return 'coarse, but claims to be near';
  if (fix.headingDeg !== undefined || fix.speedMps !== undefined) return 'coarse, with a course';
  const middle = coarsen(fix);
  const off = Math.max(Math.abs(middle.lat - fix.lat), Math.abs(middle.lng - fix.lng));
  return off > cellDigitsDeg ? 'coarse, but not the middle of a cell' : undefined;
}

/** As an upload and history round it. */
function placeOf({ lat, lng, atMs }: Fix): readonly number[] {
  return [lat, lng].map((deg) => Number(deg.toFixed(5))).concat(Math.round(atMs));
}

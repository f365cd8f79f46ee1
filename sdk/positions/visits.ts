import type { Fix, Visit } from '../protocol/wire.ts';
import type { KeyValue } from '../store/key-value.ts';
import { distanceM, type LatLng } from './earth.ts';

/** A place of the group as far as it matters here. */
export interface VisitPlace extends LatLng {
  readonly placeId: string;
}

/** What sharing asks of it. */
export interface VisitWatch {
  /** Takes a fix that is shared as precisely as it was taken. */
  take(fix: Fix): void;
  /** The last arrival or departure that is worth telling; the same object until there is another. */
  now(): Visit | undefined;
  /** Forgets where this device was: what comes next is no arrival. */
  reset(): void;
}

export interface VisitsDeps {
  /** Undefined while nobody knows. */
  readonly places: () => readonly VisitPlace[] | undefined;
  readonly serverNowMs: () => number;
  /** Encrypted, or in memory only. */
  readonly sealed: KeyValue;
  /** Whose visits in which group these are. */
  readonly name: string;
}

/** Who is this near is there; who is further than the other is not. Between them nothing changes. */
const hereM = 100;
const awayM = 175;
/** Longer than a red light: who goes by does not arrive. */
const staysMs = 90_000;
/** Longer than receivers wander. */
const goesMs = 30_000;
/** Fixes that are further apart say nothing of the time between them. */
const gapMs = 75_000;
/** A vaguer fix says nothing of a place. */
const vagueM = 60;
/** Later a departure is no news. */
const toldForMs = 15 * 60_000;

interface Side extends LatLng {
  readonly isHere: boolean;
  /** Since when it looks as if this were over. */
  readonly turnsSinceMs?: number;
}

interface Kept {
  readonly here: readonly string[];
  readonly visit?: Visit;
}

/**
 * Tells from a device's fixes when it reaches and leaves the places of a group. On the device: nobody else is told of a
 * place that was not reached, nor how near it was. Where it is when this begins is no arrival, nor is a place that is
 * saved or moved around it. What was found is kept, so that a page that comes back, and the tab that takes over, go on.
 */
export class Visits implements VisitWatch {
  readonly #deps: VisitsDeps;
  readonly #key: string;
  readonly #sides = new Map<string, Side>();
  #lastMs = 0;
  #visit: Visit | undefined;
  /** Where an earlier page was, until the first fix; undefined while it is being read. */
  #before: Kept | undefined;

  constructor(deps: VisitsDeps) {
    this.#deps = deps;
    this.#key = `visits:${deps.name}`;
    deps.sealed.get<Kept>(this.#key).then(
      (kept) => {
        this.#before ??= kept ?? nowhere;
        this.#visit ??= this.#before.visit;
      },
      () => {
        this.#before ??= nowhere;
      },
    );
  }

  take(fix: Fix): void {
    const places = this.#deps.places();
    const before = this.#before;
    if (!places || !before || fix.accuracyM > vagueM || fix.atMs <= this.#lastMs) return;
    const isGap = fix.atMs - this.#lastMs > gapMs;
    this.#lastMs = fix.atMs;
    const turned: { readonly visit: Visit; readonly rank: number }[] = [];
    for (const place of places) {
      const { placeId, lat, lng } = place;
      const far = distanceM(place, fix);
      const known = this.#sides.get(placeId);
      if (known?.lat !== lat || known.lng !== lng) {
        const wasHere = before.here.includes(placeId) && !known;
        this.#sides.set(placeId, { lat, lng, isHere: wasHere || far <= awayM });
        continue;
      }
      const { isHere, turnsSinceMs } = known;
      const nearM = turnsSinceMs === undefined ? hereM : awayM;
      const turns = isHere ? far > awayM + fix.accuracyM : far <= nearM;
      const sinceMs = isGap ? fix.atMs : (turnsSinceMs ?? fix.atMs);
      if (!turns) this.#sides.set(placeId, { lat, lng, isHere });
      else if (fix.atMs - sinceMs < (isHere ? goesMs : staysMs)) {
        this.#sides.set(placeId, { lat, lng, isHere, turnsSinceMs: sinceMs });
      } else {
        this.#sides.set(placeId, { lat, lng, isHere: !isHere });
        const kind = isHere ? 'left' : 'arrived';
        turned.push({ visit: { placeId, kind, atMs: sinceMs }, rank: isHere ? far + 1e9 : far });
      }
    }
    this.#dropOthers(places);
    const [nearest] = turned.sort((a, b) => a.rank - b.rank);
    if (!nearest) return;
    this.#visit = nearest.visit;
    this.#keep();
  }

  now(): Visit | undefined {
    const visit = this.#visit;
    const isOld = visit?.kind === 'left' && this.#deps.serverNowMs() - visit.atMs > toldForMs;
    if (isOld) this.#visit = undefined;
    return this.#visit;
  }

  reset(): void {
    this.#sides.clear();
    this.#visit = undefined;
    const isKept = this.#before !== nowhere;
    this.#before = nowhere;
    if (isKept) this.#deps.sealed.remove(this.#key).catch(() => {});
  }

  /** Nobody is at a place that is no more, or that is elsewhere now. */
  #dropOthers(places: readonly VisitPlace[]): void {
    const ids = new Set(places.map(({ placeId }) => placeId));
    for (const placeId of this.#sides.keys()) if (!ids.has(placeId)) this.#sides.delete(placeId);
    const visit = this.#visit;
    if (!visit) return;
    const isHere = this.#sides.get(visit.placeId)?.isHere;
    if (isHere === undefined || isHere !== (visit.kind === 'arrived')) this.#visit = undefined;
  }

  #keep(): void {
    const here = [...this.#sides].filter(([, { isHere }]) => isHere).map(([placeId]) => placeId);
    const kept: Kept = { here, ...(this.#visit ? { visit: this.#visit } : {}) };
    this.#before = kept;
    // What cannot be kept holds as long as the page.
    this.#deps.sealed.set(this.#key, kept).catch(() => {});
  }
}

const nowhere: Kept = { here: [] };

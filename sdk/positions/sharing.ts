import type { Fix, LiveReport, SharingMode, Visit } from '../protocol/wire.ts';
import { LiveValue } from '../sync/live-value.ts';
import { coarseAccuracyM, coarsen } from './coarse.ts';
import { distanceM, type LatLng } from './earth.ts';
import { FixFilter } from './fix-filter.ts';
import { isWorthTelling, type Thrift } from './reporting.ts';
import type { SharingState } from './sharing-state.ts';
import type { VisitWatch } from './visits.ts';

export interface SharingDeps {
  readonly serverNowMs: () => number;
  /** Of the group, under the id of this device. */
  readonly send: (report: Omit<LiveReport, 'scope' | 'deviceId'>) => void;
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** Whether somebody there is told nothing; undefined while nobody knows. */
  readonly hides: (at: LatLng) => boolean | undefined;
  readonly thrift: () => Thrift;
  /** Told of every fix as it is shared, whether it is worth telling now or not. */
  readonly onShared: (fix: Fix, mode: Exclude<SharingMode, 'off'>) => void;
  /** Told before anything in the new mode: *off* and *coarse* bind what waits elsewhere, too. */
  readonly onMode: (mode: SharingMode) => void;
  /** Arrivals and departures; absent: none are told. */
  readonly visits?: VisitWatch;
}

/** What is said beside the mode. */
export interface SharingTerms {
  /** Server's time at which it ends by itself. */
  readonly until?: number;
  readonly paused?: boolean;
  /** When this device was chosen as the one to show, server's time. */
  readonly chosenAtMs?: number;
  /** Whether arrivals and departures are told; absent: as before. */
  readonly visits?: boolean;
}

/** Further than noise: such a device is on the move. */
const movingMps = 1.2;
const movedM = 40;
/** A device that stands is asked every 15 s and takes a few to answer. */
const nowWithinMs = 20_000;

/**
 * What this device tells one group of where it is. Everything that a person does not mean to show is left out here,
 * before anything leaves the device: mode, time, private places.
 */
export class Sharing {
  readonly state$: LiveValue<SharingState> = new LiveValue<SharingState>({
    mode: 'off',
    untilMs: null,
  });
  readonly #deps: SharingDeps;
  readonly #filter = new FixFilter();
  #lastSentMs = Number.NEGATIVE_INFINITY;
  #waiting: Fix | undefined;
  /** The newest as the device gave it, kept while it shares. */
  #latest: Fix | undefined;
  #told: Fix | undefined;
  #toldVisit: Visit | undefined;
  /** Where what waits, and what was told, was really taken. */
  #waitingFrom: LatLng | undefined;
  #toldFrom: LatLng | undefined;
  /** Something was told since the last *off*. */
  #isShown = false;
  #cell: LatLng | undefined;
  #moved: { readonly from: LatLng; readonly atMs: number } | undefined;
  #chosenAtMs: number | undefined;
  #stopSend: (() => void) | undefined;
  #stopUntil: (() => void) | undefined;
  #isOffTold = false;

  constructor(deps: SharingDeps) {
    this.#deps = deps;
  }

  /** Says how much is shared from now on. */
  set(mode: SharingMode, terms: SharingTerms = {}): void {
    const { until, paused, chosenAtMs } = terms;
    const was = this.state$.value;
    const { visits = was.visits } = terms;
    // A word about a pause alone leaves the time at which it ends as it is.
    const isAside = mode === was.mode && paused !== undefined;
    const untilMs = until ?? (isAside ? was.untilMs : null);
    this.#stopUntil?.();
    this.#stopSend?.();
    this.#stopSend = undefined;
    this.#waiting = undefined;
    const isChosen = chosenAtMs !== undefined && chosenAtMs !== this.#chosenAtMs;
    if (isChosen) this.#chosenAtMs = chosenAtMs;
    if (mode !== was.mode) this.#deps.onMode(mode);
    const pausedAtMs = was.pausedAtMs ?? this.#deps.serverNowMs();
    const { hidden } = was;
    if (!visits || mode !== 'precise') this.#deps.visits?.reset();
    this.state$.next({
      ...{ mode, untilMs: mode === 'off' ? null : untilMs },
      ...(visits ? { visits } : {}),
      ...(paused && mode !== 'off' ? { pausedAtMs } : {}),
      ...(hidden && mode !== 'off' ? { hidden } : {}),
    });
    if (mode === 'off') {
      this.#forget();
      // The first time also where nothing was shared: an earlier run of this page may have, and is still shown.
      if (was.mode !== 'off' || !this.#isOffTold) this.#sendOff();
      this.#isOffTold = true;
      return;
    }
    if (mode !== was.mode) {
      // What the group sees now was told in the other mode, and what still waits for a link as well: at once, not with
      // the next fix that is due.
      const before = this.#told;
      this.#told = undefined;
      this.#lastSentMs = Number.NEGATIVE_INFINITY;
      this.#filter.reset();
      if (this.#latest && this.#isNow(this.#latest)) this.report(this.#latest);
      // Its time may be over already.
      if (this.state$.value.mode !== mode) return;
      // Where the newest fix is too vague to be told, what was told stands in for it.
      if (mode === 'coarse' && before && !this.#told && !this.state$.value.hidden) {
        this.#told = this.#asShared(before);
        this.#send(this.#told);
      }
    }
    const isPaused = Boolean(was.pausedAtMs) !== Boolean(paused);
    const isOther = isPaused || isChosen || Boolean(visits) !== Boolean(was.visits);
    if (this.#told && (isOther || was.untilMs !== untilMs)) this.#send(this.#told);
    this.#armUntil();
  }

  /** Takes a fix of the device, which is told to the group as mode, time and private places allow. */
  report(fix: Fix): void {
    const { mode } = this.state$.value;
    if (mode === 'off' || this.#endIfOver()) return;
    this.#latest = fix;
    if (this.#deps.hides(fix) !== false) {
      this.#hide();
      return;
    }
    const filtered = this.#filter.take(fix);
    if (filtered.kind === 'dropped') return;
    if (this.#deps.hides(filtered.fix) !== false) {
      this.#hide();
      return;
    }
    this.#become({});
    this.#waiting = this.#asShared(filtered.fix);
    this.#waitingFrom = filtered.fix;
    this.#noteMoved(this.#waiting);
    if (mode === 'precise' && this.state$.value.visits) this.#deps.visits?.take(filtered.fix);
    this.#deps.onShared(this.#waiting, mode);
    const waitMs = this.#lastSentMs + this.#deps.thrift().leastGapMs - this.#deps.serverNowMs();
    // Timers of a tab that nobody looks at come late, but fixes of another tab do not.
    if (waitMs <= 0) this.#sendWaiting();
    else this.#stopSend ??= this.#deps.after(waitMs, () => this.#sendWaiting());
  }

  /** The private places are others now: what was told there is taken back. */
  placesChanged(): void {
    const from = [this.#latest, this.#toldFrom];
    if (from.some((at) => at && this.#deps.hides(at) !== false)) this.#hide();
  }

  /** Ends for good: it is somebody else's device now, or the group is over. */
  drop(): void {
    this.#deps.onMode('off');
    if (this.#isShown) this.#sendOff();
    this.#deps.visits?.reset();
    this.state$.next({ mode: 'off', untilMs: null });
    this.close();
  }

  close(): void {
    this.#stopSend?.();
    this.#stopUntil?.();
    this.state$.complete();
  }

  #armUntil(): void {
    const { untilMs } = this.state$.value;
    this.#stopUntil?.();
    if (untilMs === null) return;
    const leftMs = Math.max(0, untilMs - this.#deps.serverNowMs());
    this.#stopUntil = this.#deps.after(Math.min(leftMs, longestTimerMs), () => {
      if (!this.#endIfOver()) this.#armUntil();
    });
  }

  /** A device that slept may be woken by a fix instead of by its timer. */
  #endIfOver(): boolean {
    const { untilMs } = this.state$.value;
    if (untilMs === null || this.#deps.serverNowMs() < untilMs) return false;
    this.set('off');
    return true;
  }

  #forget(): void {
    this.#latest = undefined;
    this.#told = undefined;
    this.#toldFrom = undefined;
    this.#cell = undefined;
    this.#moved = undefined;
    this.#chosenAtMs = undefined;
    this.#filter.reset();
  }

  /** Off the map while it is there, and without a trail that leads in. */
  #hide(): void {
    this.#deps.visits?.reset();
    this.#stopSend?.();
    this.#stopSend = undefined;
    this.#waiting = undefined;
    this.#filter.reset();
    this.#cell = undefined;
    this.#moved = undefined;
    if (this.#isShown || !this.state$.value.hidden) this.#sendOff();
    this.#told = undefined;
    this.#lastSentMs = Number.NEGATIVE_INFINITY;
    this.#become({ hidden: true });
  }

  /** Where the device is when its person says something: not where it was before. */
  #isNow({ atMs }: Fix): boolean {
    return this.#deps.serverNowMs() - atMs < nowWithinMs;
  }

  #become({ hidden }: { readonly hidden?: boolean }): void {
    const was = this.state$.value;
    // A fix came: whatever kept them from coming is over.
    if (was.hidden === hidden && was.pausedAtMs === undefined) return;
    const { mode, untilMs, visits } = was;
    if (was.pausedAtMs !== undefined) this.#told = undefined;
    const said = { ...(visits ? { visits } : {}), ...(hidden ? { hidden } : {}) };
    this.state$.next({ mode, untilMs, ...said });
  }

  #sendWaiting(): void {
    this.#stopSend?.();
    this.#stopSend = undefined;
    const told = this.#waiting;
    this.#waiting = undefined;
    const isSameVisit = this.#visit() === this.#toldVisit;
    if (!told || (isSameVisit && !isWorthTelling(told, this.#told, this.#deps.thrift()))) return;
    this.#told = told;
    this.#toldFrom = this.#waitingFrom;
    this.#send(told);
  }

  #asShared(fix: Fix): Fix {
    if (this.state$.value.mode !== 'coarse') return fix;
    // Neither heading nor speed: over time they would draw the trail that the cell hides.
    this.#cell = coarsen(fix, this.#cell);
    return { ...this.#cell, accuracyM: coarseAccuracyM, atMs: fix.atMs };
  }

  #noteMoved(fix: Fix): void {
    const before = this.#moved;
    const isOn = (fix.speedMps ?? 0) > movingMps;
    const isFar = before !== undefined && distanceM(before.from, fix) > movedM;
    if (isOn || isFar || !before) this.#moved = { from: fix, atMs: before ? fix.atMs : 0 };
  }

  #visit(): Visit | undefined {
    return this.state$.value.visits ? this.#deps.visits?.now() : undefined;
  }

  #sendOff(): void {
    this.#isShown = false;
    this.#toldVisit = undefined;
    this.#deps.send({ mode: 'off', fix: null });
  }

  #send(fix: Fix): void {
    this.#isShown = true;
    const { mode, untilMs, pausedAtMs } = this.state$.value;
    const [movedAtMs, chosenAtMs] = [this.#moved?.atMs, this.#chosenAtMs];
    const visit = this.#visit();
    this.#toldVisit = visit;
    this.#lastSentMs = this.#deps.serverNowMs();
    this.#deps.send({
      ...{ mode, fix },
      ...(untilMs === null ? {} : { untilMs }),
      ...(pausedAtMs === undefined ? {} : { pausedAtMs }),
      ...(movedAtMs ? { movedAtMs } : {}),
      ...(chosenAtMs === undefined ? {} : { chosenAtMs }),
      ...(visit ? { visit } : {}),
    });
  }
}

/** What timers can hold; a time further off is looked at again. */
const longestTimerMs = 2 ** 31 - 1;

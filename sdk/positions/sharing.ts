import type { Scope } from '../protocol/ids.ts';
import type { Fix, LiveReport, SharingMode } from '../protocol/wire.ts';
import { LiveValue } from '../sync/live-value.ts';
import { coarseAccuracyM, coarsen } from './coarse.ts';
import type { LatLng } from './earth.ts';
import { tellsSomething } from './tells-something.ts';

export interface SharingDeps {
  readonly scope: Scope;
  readonly deviceId: string;
  readonly serverNowMs: () => number;
  readonly send: (report: LiveReport) => void;
  readonly after: (delayMs: number, run: () => void) => () => void;
}

export interface SharingState {
  readonly mode: SharingMode;
  /** When it ends by itself, server's time; null: when the person says so. */
  readonly untilMs: number | null;
}

/** At most this often a fix leaves the device. */
const leastGapMs = 900;

/**
 * What this device tells one group of where it is. Coarsening and *off* apply here, before anything leaves the
 * device.
 */
export class Sharing {
  readonly state$: LiveValue<SharingState> = new LiveValue<SharingState>({
    mode: 'off',
    untilMs: null,
  });
  readonly #deps: SharingDeps;
  #lastSentMs = Number.NEGATIVE_INFINITY;
  #waiting: Fix | undefined;
  /** The newest of this device, kept while it shares. */
  #latest: Fix | undefined;
  #lastSent: Fix | undefined;
  #cell: LatLng | undefined;
  #stopSend: (() => void) | undefined;
  #stopUntil: (() => void) | undefined;
  #isOffTold = false;

  constructor(deps: SharingDeps) {
    this.#deps = deps;
  }

  /** @param untilMs server's time at which sharing turns itself off */
  set(mode: SharingMode, untilMs?: number): void {
    this.#stopUntil?.();
    this.#stopSend?.();
    this.#stopSend = undefined;
    const was = this.state$.value.mode;
    this.state$.next({ mode, untilMs: untilMs ?? null });
    if (mode === 'off') {
      this.#waiting = undefined;
      this.#latest = undefined;
      this.#cell = undefined;
      // The first time also where nothing was shared: an earlier run of this page may have, and is still shown.
      if (was !== 'off' || !this.#isOffTold) this.#send(null, 'off');
      this.#isOffTold = true;
      return;
    }
    if (mode !== was) {
      // What the group sees now was told in the other mode, and what still waits for a link as well: at once, not with
      // the next fix that is due.
      this.#lastSent = undefined;
      this.#lastSentMs = Number.NEGATIVE_INFINITY;
      if (this.#latest) this.report(this.#latest);
    }
    if (untilMs !== undefined) {
      const delayMs = Math.max(0, untilMs - this.#deps.serverNowMs());
      this.#stopUntil = this.#deps.after(delayMs, () => this.set('off'));
    }
  }

  /** Takes a fix of the device; told to the group as the mode allows, at most about once a second, newest first. */
  report(fix: Fix): void {
    if (this.state$.value.mode === 'off') return;
    this.#latest = fix;
    this.#waiting = fix;
    if (this.#stopSend) return;
    const waitMs = this.#lastSentMs + leastGapMs - this.#deps.serverNowMs();
    if (waitMs <= 0) this.#sendWaiting();
    else this.#stopSend = this.#deps.after(waitMs, () => this.#sendWaiting());
  }

  close(): void {
    this.#stopSend?.();
    this.#stopUntil?.();
    this.state$.complete();
  }

  #sendWaiting(): void {
    this.#stopSend = undefined;
    const fix = this.#waiting;
    const { mode } = this.state$.value;
    this.#waiting = undefined;
    if (!fix || mode === 'off') return;
    const told = mode === 'coarse' ? this.#coarse(fix) : fix;
    if (!tellsSomething(told, this.#lastSent)) return;
    this.#lastSentMs = this.#deps.serverNowMs();
    this.#lastSent = told;
    this.#send(told, mode);
  }

  /** Neither heading nor speed: over time they would draw the trail that the cell hides. */
  #coarse(fix: Fix): Fix {
    this.#cell = coarsen(fix, this.#cell);
    return { ...this.#cell, accuracyM: coarseAccuracyM, atMs: fix.atMs };
  }

  #send(fix: Fix | null, mode: SharingMode): void {
    const { scope, deviceId } = this.#deps;
    this.#deps.send({ scope, deviceId, mode, fix });
  }
}

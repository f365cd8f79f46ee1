import type { Subscription } from 'rxjs';
import type { Fix, SharingMode } from '../protocol/wire.ts';
import { LiveValue } from '../sync/live-value.ts';
import {
  type Decision,
  decided,
  ended,
  isOver,
  isSame,
  type KeptDecision,
  merged,
  overrules,
  undecided,
} from './decision.ts';
import type { HidingPlaces } from './private-places.ts';
import type { SharingOptions, SharingState } from './sharing-state.ts';
import type { SharingTabs, SharingWord } from './sharing-tabs.ts';
import type { Telling, TellingGuard } from './telling.ts';

export interface TabSharingDeps {
  readonly kept: KeptDecision;
  readonly tabs: SharingTabs;
  readonly serverNowMs: () => number;
  /** By the device's clock, which its tabs have in common. */
  readonly nowMs: () => number;
  /** Whether this tab holds the connection for its browser. */
  readonly leads: () => boolean;
  /** Somebody else is signed in, or there is no such group any more. */
  readonly isOther: () => boolean;
  readonly places: Pick<HidingPlaces, 'places$' | 'refresh'>;
  /** Begins to tell the server; asked where this tab leads. */
  readonly tell: (guard: TellingGuard) => Telling;
}

const heldEveryMs = 60_000;
const freshMs = 5_000;

/**
 * One person's sharing in one group, in one of the tabs of a browser. What is said in any of them holds in all of them,
 * and over a reload; the tab that leads is the one that tells the server, also what another one hears of its place.
 */
export class TabSharing {
  readonly state$: LiveValue<SharingState> = new LiveValue<SharingState>({
    mode: 'off',
    untilMs: null,
  });
  readonly #deps: TabSharingDeps;
  readonly #silence: () => void;
  readonly #places: Subscription;
  #decision: Decision;
  #telling: Telling | undefined;
  /** Whether the newest fix came from this tab itself. */
  #isFixMine = true;

  static async open(deps: TabSharingDeps): Promise<TabSharing> {
    return new TabSharing(deps, (await deps.kept.read()) ?? undecided);
  }

  private constructor(deps: TabSharingDeps, kept: Decision) {
    this.#deps = deps;
    this.#decision = kept;
    this.#silence = deps.tabs.listen((word) => this.#heard(word));
    let isFirst = true;
    this.#places = deps.places.places$.subscribe(() => {
      if (!isFirst) deps.tabs.post({ kind: 'places' });
      isFirst = false;
    });
    if (kept.mode !== 'off' && isOver(kept, deps.serverNowMs())) this.#take(ended(kept));
    else this.#apply();
    this.look();
    if (!this.state$.closed) deps.tabs.post({ kind: 'who' });
  }

  /** Says how much is shared from now on, by all tabs; see {@link SharingOptions} for what else. */
  set(mode: SharingMode, options: SharingOptions = {}): void {
    const { until, paused, primary } = options;
    const was = this.#decision;
    const { visits = was.visits ?? false } = options;
    const isOther = visits !== (was.visits ?? false);
    const isSame = mode === was.mode;
    // A word about the device alone leaves the time at which it ends as it is.
    const isAside = isSame && [paused, primary, options.visits].some((word) => word !== undefined);
    if (!isAside || primary || isOther || until !== undefined) {
      const untilMs = until ?? (isAside ? was.untilMs : null);
      const [serverNowMs, nowMs] = [this.#deps.serverNowMs(), this.#deps.nowMs()];
      const chosenAtMs = primary ? serverNowMs : was.chosenAtMs;
      const chosen = chosenAtMs === undefined ? {} : { chosenAtMs };
      this.#take(decided(was, { mode, untilMs, visits, ...chosen }, { serverNowMs, nowMs }));
    }
    if (paused !== undefined) this.#pause(paused);
  }

  /** Takes a fix of the device, wherever it is told from. */
  report(fix: Fix): void {
    if (this.#decision.mode === 'off') return;
    this.#isFixMine = true;
    if (this.#telling) this.#telling.sharing.report(fix);
    else this.#deps.tabs.post({ kind: 'fix', fix, atMs: this.#deps.serverNowMs() });
  }

  /** Looks whether this tab leads, and whose it is: to be called when that may have changed. */
  look(): void {
    const { leads, isOther, tell } = this.#deps;
    if (this.state$.closed) return;
    if (isOther()) this.#drop();
    else if (!leads()) {
      this.#telling?.close();
      this.#telling = undefined;
    } else if (!this.#telling) {
      const telling = tell({
        isCurrent: () => this.#isCurrent(),
        told: () => this.#hold(),
        decision: () => this.#decision,
      });
      this.#telling = telling;
      // What an earlier page shared under the same id is off, if it was not heard to be.
      if (this.#decision.number > 0) this.#apply();
      telling.sharing.state$.subscribe((state) => this.#become(state));
    }
  }

  close(): void {
    this.#silence();
    this.#places.unsubscribe();
    this.#telling?.close();
    this.state$.complete();
    this.#deps.tabs.close();
  }

  /** For all tabs. */
  #take(decision: Decision): void {
    this.#decision = decision;
    void this.#deps.kept.keep(decision);
    this.#deps.tabs.post({ kind: 'decided', decision });
    this.#apply();
  }

  #adopt(decision: Decision): boolean {
    const isNew = overrules(decision, this.#decision);
    this.#decision = merged(decision, this.#decision);
    if (isNew) this.#apply();
    return isNew;
  }

  #apply(): void {
    const { mode, untilMs, chosenAtMs, visits = false } = this.#decision;
    const said = {
      visits,
      ...(untilMs === null ? {} : { until: untilMs }),
      ...(chosenAtMs === undefined ? {} : { chosenAtMs }),
    };
    if (this.#telling) this.#telling.sharing.set(mode, said);
    else this.state$.next({ mode, untilMs, ...(visits ? { visits } : {}) });
  }

  /** What other tabs said counts before anything is told, though their word may be on its way still. */
  async #isCurrent(): Promise<boolean> {
    const kept = await this.#deps.kept.read();
    if (kept && this.#adopt(kept)) return false;
    // What another tab wrote at the same moment shows more, or it knew less.
    if (kept && !isSame(this.#decision, kept)) await this.#deps.kept.keep(this.#decision);
    return true;
  }

  #hold(): void {
    const heldAtMs = this.#deps.serverNowMs();
    if (heldAtMs - this.#decision.heldAtMs < heldEveryMs) return;
    this.#decision = { ...this.#decision, heldAtMs };
    void this.#deps.kept.keep(this.#decision);
  }

  /** From the one that tells: also what ended by itself. */
  #become(state: SharingState): void {
    this.state$.next(state);
    this.#deps.tabs.post({ kind: 'state', state });
    if (state.mode === 'off' && this.#decision.mode !== 'off') this.#take(ended(this.#decision));
  }

  /** Fixes go on where they came from last: that another tab is hidden says nothing. */
  #pause(paused: boolean, isMine = true): void {
    if (this.#telling && this.#isFixMine === isMine) {
      const { mode, untilMs } = this.#decision;
      const until = untilMs === null ? {} : { until: untilMs };
      this.#telling.sharing.set(mode, { paused, ...until });
    } else if (isMine && !this.#telling) this.#deps.tabs.post({ kind: 'paused', paused });
  }

  #heard(word: SharingWord): void {
    if (word.kind === 'decided') {
      // Who says something that was overruled before it was heard is told so.
      if (!this.#adopt(word.decision) && !isSame(this.#decision, word.decision)) {
        this.#deps.tabs.post({ kind: 'decided', decision: this.#decision });
        void this.#deps.kept.keep(this.#decision);
      }
    } else if (word.kind === 'state') {
      const { mode } = this.#decision;
      if (!this.#telling && word.state.mode === mode) this.state$.next(word.state);
    } else if (word.kind === 'places') void this.#deps.places.refresh();
    else if (!this.#telling) return;
    else if (word.kind === 'who')
      this.#deps.tabs.post({ kind: 'state', state: this.#telling.sharing.state$.value });
    else if (word.kind === 'paused') this.#pause(word.paused, false);
    else if (!this.#isLate(word.atMs)) {
      this.#isFixMine = false;
      this.#telling.sharing.report(word.fix);
    }
  }

  /** A tab that was frozen hears what is over: another mode may have held when that was told. */
  #isLate(atMs: number): boolean {
    return atMs < this.#decision.sinceMs || this.#deps.serverNowMs() - atMs > freshMs;
  }

  /** Nothing more is told of this person there, and nothing of what waits for a link. */
  #drop(): void {
    this.#decision = ended(this.#decision);
    void this.#deps.kept.keep(this.#decision);
    this.#telling?.sharing.drop();
    this.state$.next({ mode: 'off', untilMs: null });
    this.close();
  }
}

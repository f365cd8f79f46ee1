import type { Fix, SharingMode } from '../protocol/wire.ts';
import { LiveValue } from '../sync/live-value.ts';
import { type Decision, isOver, type KeptDecision, overrules, undecided } from './decision.ts';
import type { SharingOptions, SharingState } from './sharing-state.ts';
import type { SharingTabs, SharingWord } from './sharing-tabs.ts';
import type { Telling, TellingGuard } from './telling.ts';

export interface TabSharingDeps {
  readonly kept: KeptDecision;
  readonly tabs: SharingTabs;
  readonly serverNowMs: () => number;
  /** Whether this tab holds the connection for its browser. */
  readonly leads: () => boolean;
  /** Somebody else is signed in, or there is no such group any more. */
  readonly isOther: () => boolean;
  /** Begins to tell the server; asked where this tab leads. */
  readonly tell: (guard: TellingGuard) => Telling;
}

const heldEveryMs = 60_000;

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
    if (kept.mode !== 'off' && isOver(kept, deps.serverNowMs())) this.#decide('off', null);
    else this.#apply();
    this.look();
    deps.tabs.post({ kind: 'who' });
  }

  /** Says how much is shared from now on, by all tabs; see {@link SharingOptions} for what else. */
  set(mode: SharingMode, { until, paused, primary }: SharingOptions = {}): void {
    const was = this.#decision;
    const isSame = mode === was.mode;
    // A word about the device alone leaves the time at which it ends as it is.
    const isAside = isSame && (paused !== undefined || primary !== undefined);
    if (!isAside || primary || until !== undefined) {
      const untilMs = until ?? (isAside ? was.untilMs : null);
      this.#decide(mode, untilMs, primary ? this.#deps.serverNowMs() : was.chosenAtMs);
    }
    if (paused !== undefined) this.#pause(paused);
  }

  /** Takes a fix of the device, wherever it is told from. */
  report(fix: Fix): void {
    if (this.#decision.mode === 'off') return;
    this.#isFixMine = true;
    if (this.#telling) this.#telling.sharing.report(fix);
    else this.#deps.tabs.post({ kind: 'fix', fix });
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
      const telling = tell({ isCurrent: () => this.#isCurrent(), told: () => this.#hold() });
      this.#telling = telling;
      // What an earlier page shared under the same id is off, if it was not heard to be.
      if (this.#decision.number > 0) this.#apply();
      telling.sharing.state$.subscribe((state) => this.#become(state));
    }
  }

  close(): void {
    this.#silence();
    this.#telling?.close();
    this.state$.complete();
    this.#deps.tabs.close();
  }

  #decide(mode: SharingMode, untilMs: number | null, chosenAtMs?: number): void {
    this.#decision = {
      ...{ mode, untilMs: mode === 'off' ? null : untilMs, number: this.#decision.number + 1 },
      ...(chosenAtMs === undefined || mode === 'off' ? {} : { chosenAtMs }),
      heldAtMs: this.#deps.serverNowMs(),
    };
    void this.#deps.kept.keep(this.#decision);
    this.#deps.tabs.post({ kind: 'decided', decision: this.#decision });
    this.#apply();
  }

  #adopt(decision: Decision): boolean {
    if (!overrules(decision, this.#decision)) return false;
    this.#decision = decision;
    this.#apply();
    return true;
  }

  #apply(): void {
    const { mode, untilMs, chosenAtMs } = this.#decision;
    const said = {
      ...(untilMs === null ? {} : { until: untilMs }),
      ...(chosenAtMs === undefined ? {} : { chosenAtMs }),
    };
    if (this.#telling) this.#telling.sharing.set(mode, said);
    else this.state$.next({ mode, untilMs });
  }

  /** What other tabs said counts before anything is told, though their word may be on its way still. */
  async #isCurrent(): Promise<boolean> {
    const kept = await this.#deps.kept.read();
    if (kept && this.#adopt(kept)) return false;
    // What another tab wrote at the same moment shows more, or could not be kept.
    if (kept && overrules(this.#decision, kept)) await this.#deps.kept.keep(this.#decision);
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
    if (state.mode === 'off' && this.#decision.mode !== 'off') this.#decide('off', null);
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
      if (!this.#adopt(word.decision) && overrules(this.#decision, word.decision)) {
        this.#deps.tabs.post({ kind: 'decided', decision: this.#decision });
        void this.#deps.kept.keep(this.#decision);
      }
    } else if (word.kind === 'state') {
      const { mode } = this.#decision;
      if (!this.#telling && word.state.mode === mode) this.state$.next(word.state);
    } else if (!this.#telling) return;
    else if (word.kind === 'who')
      this.#deps.tabs.post({ kind: 'state', state: this.#telling.sharing.state$.value });
    else if (word.kind === 'paused') this.#pause(word.paused, false);
    else {
      this.#isFixMine = false;
      this.#telling.sharing.report(word.fix);
    }
  }

  /** Without a word to the server: this device tells nothing of this person any more. */
  #drop(): void {
    const { number } = this.#decision;
    this.#decision = { ...undecided, number: number + 1 };
    void this.#deps.kept.keep(this.#decision);
    this.#telling?.sharing.drop();
    this.state$.next({ mode: 'off', untilMs: null });
    this.close();
  }
}

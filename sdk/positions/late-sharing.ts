import type { GroupId } from '../protocol/ids.ts';
import type { Fix, SharingMode } from '../protocol/wire.ts';
import { LiveValue } from '../sync/live-value.ts';
import type { SharingSource } from './open-sharing.ts';
import type { SharingOptions, SharingState } from './sharing-state.ts';
import type { TabSharing } from './tab-sharing.ts';

const againMs = 5_000;

/**
 * {@link TabSharing}, whose code comes when a person first says something about it, or somebody looks how it stands.
 * Until then only the last word counts.
 */
export class LateSharing {
  readonly state$: LiveValue<SharingState> = new LiveValue<SharingState>({
    mode: 'off',
    untilMs: null,
  });
  readonly #deps: SharingSource;
  readonly #groupId: GroupId;
  #sharing: TabSharing | undefined;
  #begun = false;
  #said: readonly [SharingMode, SharingOptions?] | undefined;
  #latest: Fix | undefined;
  /** For whom it was looked. */
  #seenBy: string | undefined;

  constructor(deps: SharingSource, groupId: GroupId) {
    this.#deps = deps;
    this.#groupId = groupId;
  }

  /** How this device shares: also where another tab, or an earlier page, began it. */
  look(): LiveValue<SharingState> {
    const { hub, storage } = this.#deps;
    const { userId } = hub;
    if (userId && userId !== this.#seenBy && storage.tabsName(userId)) {
      this.#seenBy = userId;
      this.#begin();
    }
    return this.state$;
  }

  set(...said: readonly [SharingMode, SharingOptions?]): void {
    if (this.#sharing) {
      this.#sharing.set(...said);
      return;
    }
    const [mode, options] = said;
    this.state$.next({ mode, untilMs: options?.until ?? null });
    this.#said = said;
    this.#latest = undefined;
    this.#begin();
  }

  /** Takes a fix of the device; see {@link TabSharing.report}. */
  report(fix: Fix): void {
    if (this.#sharing) this.#sharing.report(fix);
    else this.#latest = fix;
  }

  close(): void {
    this.#sharing?.close();
    this.state$.complete();
  }

  #ended(): void {
    this.#sharing = undefined;
    this.#begun = false;
    this.state$.next({ mode: 'off', untilMs: null });
  }

  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#open().catch(() => {
      // In a dead spot, where the browser does not have it: nothing is shared, and nothing says so. What an earlier run
      // of this page shared is said to be off as soon as it can be.
      this.#ended();
      this.#said &&= ['off'];
      this.#deps.scheduler.after(againMs, () => {
        if (!this.state$.closed) this.#begin();
      });
    });
  }

  async #open(): Promise<void> {
    const { openSharing } = await import('./open-sharing.ts');
    const sharing = await openSharing(this.#deps, this.#groupId);
    const { state$ } = this;
    if (!sharing) {
      this.#ended();
      return;
    }
    if (state$.closed) {
      sharing.close();
      return;
    }
    this.#sharing = sharing;
    if (this.#said) sharing.set(...this.#said);
    this.#said = undefined;
    sharing.state$.subscribe({
      next: (state) => state$.next(state),
      complete: () => this.#ended(),
    });
    if (this.#latest) sharing.report(this.#latest);
  }
}

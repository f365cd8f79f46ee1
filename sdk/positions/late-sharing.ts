import type { GroupId } from '../protocol/ids.ts';
import type { Fix, SharingMode } from '../protocol/wire.ts';
import { LiveValue } from '../sync/live-value.ts';
import type { SharingSource } from './open-sharing.ts';
import type { Sharing } from './sharing.ts';
import type { SharingOptions, SharingState } from './sharing-state.ts';

const againMs = 5_000;

/** {@link Sharing}, whose code comes when a person first says something about it. Until then only the last word counts. */
export class LateSharing {
  readonly state$: LiveValue<SharingState> = new LiveValue<SharingState>({
    mode: 'off',
    untilMs: null,
  });
  readonly #deps: SharingSource;
  readonly #groupId: GroupId;
  #sharing: Sharing | undefined;
  #begun = false;
  #said: SharingOptions | undefined;
  #latest: Fix | undefined;

  constructor(deps: SharingSource, groupId: GroupId) {
    this.#deps = deps;
    this.#groupId = groupId;
  }

  set(mode: SharingMode, options?: SharingOptions): void {
    if (this.#sharing) {
      this.#sharing.set(mode, options);
      return;
    }
    this.state$.next({ mode, untilMs: options?.until ?? null });
    this.#said = options;
    this.#latest = undefined;
    if (!this.#begun) void this.#begin();
  }

  /** Takes a fix of the device; see {@link Sharing.report}. */
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

  async #begin(): Promise<void> {
    this.#begun = true;
    try {
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
      sharing.set(state$.value.mode, this.#said);
      sharing.state$.subscribe({
        next: (state) => state$.next(state),
        complete: () => this.#ended(),
      });
      if (this.#latest) sharing.report(this.#latest);
    } catch {
      // In a dead spot, where the browser does not have it: nothing is shared, and nothing says so. What an earlier run
      // of this page shared is said to be off as soon as it can be.
      this.#ended();
      this.#deps.scheduler.after(againMs, () => {
        if (!this.#begun && !this.state$.closed) void this.#begin();
      });
    }
  }
}

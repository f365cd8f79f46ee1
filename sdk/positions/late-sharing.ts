import type { Fix, SharingMode } from '../protocol/wire.ts';
import { LiveValue } from '../sync/live-value.ts';
import type { Sharing, SharingDeps, SharingState } from './sharing.ts';

/** {@link Sharing}, whose code comes when a person first shares. *Off* needs none of it. */
export class LateSharing {
  readonly state$: LiveValue<SharingState> = new LiveValue<SharingState>({
    mode: 'off',
    untilMs: null,
  });
  readonly #deps: SharingDeps;
  #sharing: Sharing | undefined;
  #latest: Fix | undefined;

  constructor(deps: SharingDeps) {
    this.#deps = deps;
  }

  /** @param untilMs server's time at which sharing turns itself off */
  set(mode: SharingMode, untilMs?: number): void {
    if (this.#sharing) {
      this.#sharing.set(mode, untilMs);
      return;
    }
    const was = this.state$.value;
    this.state$.next({ mode, untilMs: untilMs ?? null });
    this.#latest = undefined;
    if (mode !== 'off') {
      if (was.mode === 'off') void this.#begin();
      return;
    }
    // An earlier run of this page may have shared, and is still shown.
    const { scope, deviceId, send } = this.#deps;
    send({ scope, deviceId, mode, fix: null });
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

  async #begin(): Promise<void> {
    try {
      const late = await import('./sharing.ts');
      const { mode, untilMs } = this.state$.value;
      if (this.#sharing || this.state$.closed || mode === 'off') return;
      const sharing = new late.Sharing(this.#deps);
      this.#sharing = sharing;
      sharing.set(mode, untilMs ?? undefined);
      sharing.state$.subscribe((state) => this.state$.next(state));
      if (this.#latest) sharing.report(this.#latest);
    } catch {
      // In a dead spot, where the browser does not have it: nothing is shared, and nothing says so.
      this.state$.next({ mode: 'off', untilMs: null });
    }
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Group, type Locating, type LocationSource, locateFor } from '../../sdk/index.ts';

/** Where asking this device for its position stands. */
export type LocationState =
  /** Nobody asked. */
  | 'idle'
  /** The browser's question is open, or the first fix is not here yet. */
  | 'asking'
  | 'watching'
  /** The person, or the site's settings, said no. */
  | 'denied'
  /** Allowed, but the device finds nothing now; it keeps looking. */
  | 'searching'
  /** This page cannot ask at all. */
  | 'insecure';

/** What a person wants to share: how exactly, and until when by the server's clock. */
export interface SharingWish {
  readonly mode: 'precise' | 'coarse';
  readonly until?: number;
}

export interface LocationSharingOptions {
  readonly group: () => Group | undefined;
  /** Undefined where this page cannot ask its device. */
  readonly from: () => Geolocation | LocationSource | undefined;
  /** Whether the device may be asked without a question of the browser's. */
  readonly isAllowed: () => Promise<boolean>;
  /** The host page reports positions itself, the device is never asked. */
  readonly external: () => boolean;
}

/** Shares this device's position with the group: asks the device, reports fixes, stops. */
export class LocationSharing implements ReactiveController {
  state: LocationState = 'idle';
  readonly #host: ReactiveControllerHost;
  readonly #options: LocationSharingOptions;
  #locating: Locating | undefined;
  /** Rises with each time that the device is asked. */
  #turn = 0;
  #wanted: SharingWish | undefined;

  constructor(host: ReactiveControllerHost, options: LocationSharingOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Called by the person's own tap, so that the browser's question comes when it is expected. */
  start(wish: SharingWish): void {
    const { group, from, external } = this.#options;
    this.#wanted = wish;
    if (external()) {
      this.#share();
      return;
    }
    const device = from();
    if (!device) {
      this.#become('insecure');
      return;
    }
    if (this.state === 'watching' || this.state === 'searching') this.#share();
    else if (this.state !== 'asking') {
      this.#become('asking');
      void this.#locate(group(), device);
    }
  }

  /** It is shared already: another tab, or this page before it was loaded again, began it. */
  async resume(mode: SharingWish['mode']): Promise<void> {
    const { external, isAllowed } = this.#options;
    if (this.#wanted) this.#wanted = { ...this.#wanted, mode };
    if (external() || this.state !== 'idle' || !(await isAllowed())) return;
    if (this.#options.group()?.sharing$.value.mode === mode && this.state === 'idle') {
      this.start({ mode });
    }
  }

  stop(): void {
    this.#unwatch();
    this.#wanted = undefined;
    this.#options.group()?.sharing('off');
    this.#become('idle');
  }

  /** Sharing was ended elsewhere, as in another element: the device is left alone. */
  ended(): void {
    if (this.state !== 'watching' && this.state !== 'searching') return;
    this.#unwatch();
    this.#wanted = undefined;
    this.#become('idle');
  }

  hostConnected(): void {
    // Moved to another place of the page while sharing: go on. The browser does not ask again.
    if (this.#wanted) this.start(this.#wanted);
  }

  hostDisconnected(): void {
    this.#unwatch();
    this.state = 'idle';
  }

  async #locate(group: Group | undefined, from: Geolocation | LocationSource): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    if (!group) return;
    try {
      const locating = await locateFor(group, {
        from,
        report: (fix) => this.#report(group, fix),
        onProblem: (problem) => this.#fail(problem),
      });
      if (turn === this.#turn) this.#locating = locating;
      else locating.stop();
    } catch {
      // Its code is not here, as in a tunnel: the next tap asks again.
      if (turn === this.#turn) this.#become('idle');
    }
  }

  #report(group: Group, fix: Parameters<Group['reportPosition']>[0]): void {
    if (!this.#wanted) return;
    if (group.sharing$.value.mode !== this.#wanted.mode) this.#share();
    this.#become('watching');
    group.reportPosition(fix);
  }

  #share(): void {
    if (!this.#wanted) return;
    const { mode, until } = this.#wanted;
    this.#options.group()?.sharing(mode, until === undefined ? {} : { until });
  }

  #fail(problem: 'denied' | 'searching'): void {
    if (problem === 'denied') {
      this.#unwatch();
      this.#wanted = undefined;
    }
    this.#become(problem);
  }

  #unwatch(): void {
    this.#turn += 1;
    this.#locating?.stop();
    this.#locating = undefined;
  }

  #become(state: LocationState): void {
    if (state === this.state) return;
    this.state = state;
    this.#host.requestUpdate();
  }
}

/** Whether the browser lets this page ask its device without a question. */
export async function isLocationGranted(): Promise<boolean> {
  const asked = navigator.permissions?.query({ name: 'geolocation' });
  return (await asked?.catch(() => undefined))?.state === 'granted';
}

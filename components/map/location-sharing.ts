import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Group } from '../../sdk/index.ts';

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

export interface LocationSharingOptions {
  readonly group: () => Group | undefined;
  /** Undefined: the host page reports positions itself, the device is never asked. */
  readonly geolocation: () => Geolocation | undefined;
  readonly external: () => boolean;
}

const permissionDenied = 1;

/** Shares this device's position with the group: asks the browser, reports fixes, stops. */
export class LocationSharing implements ReactiveController {
  state: LocationState = 'idle';
  readonly #host: ReactiveControllerHost;
  readonly #options: LocationSharingOptions;
  #watch: number | undefined;
  #watched: Geolocation | undefined;
  #wanted: 'precise' | 'coarse' | undefined;

  constructor(host: ReactiveControllerHost, options: LocationSharingOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Called by the person's own tap, so that the browser's question comes when it is expected. */
  start(mode: 'precise' | 'coarse'): void {
    const { group, geolocation, external } = this.#options;
    this.#wanted = mode;
    if (external()) {
      group()?.sharing(mode);
      return;
    }
    const device = geolocation();
    if (!device) {
      this.#become('insecure');
      return;
    }
    if (this.state === 'watching' || this.state === 'searching') group()?.sharing(mode);
    if (this.#watch !== undefined) return;
    this.#become('asking');
    this.#watched = device;
    this.#watch = device.watchPosition(
      (position) => this.#report(position),
      (problem) => this.#fail(problem),
      { enableHighAccuracy: true, maximumAge: 1000 },
    );
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
  }

  #report({ coords, timestamp }: GeolocationPosition): void {
    const group = this.#options.group();
    if (!group || !this.#wanted) return;
    if (group.sharing$.value.mode !== this.#wanted) group.sharing(this.#wanted);
    this.#become('watching');
    group.reportPosition({
      lat: coords.latitude,
      lng: coords.longitude,
      accuracyM: coords.accuracy,
      ...(isNumber(coords.heading) ? { headingDeg: coords.heading } : {}),
      ...(isNumber(coords.speed) ? { speedMps: coords.speed } : {}),
      at: timestamp,
    });
  }

  #fail(problem: GeolocationPositionError): void {
    if (problem.code !== permissionDenied) {
      this.#become('searching');
      return;
    }
    this.#unwatch();
    this.#wanted = undefined;
    this.#become('denied');
  }

  #unwatch(): void {
    if (this.#watch !== undefined) this.#watched?.clearWatch(this.#watch);
    this.#watch = undefined;
    this.#watched = undefined;
  }

  #become(state: LocationState): void {
    if (state === this.state) return;
    this.state = state;
    this.#host.requestUpdate();
  }
}

/** Browsers give null, old ones NaN, where the device does not tell. */
function isNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

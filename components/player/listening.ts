import type { LitElement, ReactiveController } from 'lit';
import type { Group, Listener, ListenerState } from '../../sdk/index.ts';
import { StreamController } from '../shared/stream-controller.ts';

/** This device's own sound: begins with the person's first tap, stops with nobody's. */
export class Listening implements ReactiveController {
  readonly #host: LitElement;
  readonly #group: () => Group | undefined;
  readonly #pan: () => number;
  readonly #state: StreamController<ListenerState>;
  readonly #drift: StreamController<number | null>;
  readonly #buffered: StreamController<Listener['buffered$']['value']>;
  #listener: Listener | undefined;
  #of: Group | undefined;

  constructor(host: LitElement, group: () => Group | undefined, pan: () => number) {
    this.#host = host;
    this.#group = group;
    this.#pan = pan;
    host.addController(this);
    this.#state = new StreamController(host, () => this.#listener?.state$);
    this.#drift = new StreamController(host, () => this.#listener?.driftMs$);
    this.#buffered = new StreamController(host, () => this.#listener?.buffered$);
  }

  get listener(): Listener | undefined {
    return this.#listener;
  }
  get state(): ListenerState | undefined {
    return this.#state.value;
  }
  get driftMs(): number | null {
    return this.#drift.value ?? null;
  }
  get buffered(): Listener['buffered$']['value'] {
    return this.#buffered.value ?? [];
  }

  hostUpdate(): void {
    if (this.#of !== this.#group()) {
      this.#of = undefined;
      this.#listener = undefined;
    }
    if (this.#listener) this.#listener.pan = this.#pan();
  }

  /** Makes this device sound. From a tap or a key: browsers ask for one. */
  start(): void {
    const group = this.#group();
    if (!group) return;
    this.#of = group;
    this.#listener = group.listen();
    this.#listener.pan = this.#pan();
    // A refusal shows as the state `blocked`.
    this.#listener.start().catch(() => {});
    this.#host.requestUpdate();
  }

  /** Whether this page may sound without a tap of its own: somebody has used it already. */
  get allowed(): boolean {
    return this.#host.ownerDocument.defaultView?.navigator.userActivation?.hasBeenActive ?? false;
  }

  setVolume(volume: number): void {
    if (!this.#listener) return;
    this.#listener.volume = Math.min(1, Math.max(0, volume));
    if (volume > 0) this.#listener.muted = false;
    this.#host.requestUpdate();
  }

  toggleMuted(): void {
    if (!this.#listener) return;
    this.#listener.muted = !this.#listener.muted;
    this.#host.requestUpdate();
  }
}

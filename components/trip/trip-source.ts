import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ErrorCode, Trip } from '../../sdk/index.ts';
import { codeOf } from '../shared/group-resolver.ts';

/** Which trip is wanted, and from where. */
export interface TripWish {
  /** The same for the same trip: also what a trip is kept under until the page goes. */
  readonly key: string;
  readonly load: () => Promise<Trip>;
}

export type TripState =
  | { readonly kind: 'loading' }
  /** `loadedAtMs` where the server could not be asked now: it is as it was then. */
  | { readonly kind: 'ready'; readonly trip: Trip; readonly loadedAtMs?: number }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string };

export interface TripSourceOptions {
  readonly wish: () => TripWish | undefined;
  readonly nowMs: () => number;
  readonly onFailure: (code: ErrorCode, message: string) => void;
}

interface Kept {
  readonly trip: Trip;
  readonly atMs: number;
}

/** The page's last trips: on the device itself nothing of where people were is kept. */
const kept = new Map<string, Kept>();
const mostKept = 4;

/** Asks for the trip that its element wants, once, and again on `retry`. */
export class TripSource implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: TripSourceOptions;
  #state: TripState = { kind: 'loading' };
  #key: string | undefined;
  #round = 0;

  constructor(host: ReactiveControllerHost, options: TripSourceOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get state(): TripState {
    return this.#state;
  }

  /** When what is shown was loaded, where the server could not be asked now; ms since 1970. */
  get loadedAtMs(): number | undefined {
    return this.#state.kind === 'ready' ? this.#state.loadedAtMs : undefined;
  }

  /** Whether the server could not say what there is. */
  get isBehind(): boolean {
    return this.#state.kind === 'failed' || this.loadedAtMs !== undefined;
  }

  hostUpdate(): void {
    const wish = this.#options.wish();
    if (wish?.key === this.#key) return;
    this.#key = wish?.key;
    this.#state = { kind: 'loading' };
    this.#round += 1;
    if (wish) void this.#load(wish);
  }

  hostDisconnected(): void {
    this.#key = undefined;
    this.#round += 1;
  }

  /** What is on the screen stays until there is an answer. */
  retry(): void {
    const wish = this.#options.wish();
    if (!wish || wish.key !== this.#key) return;
    this.#round += 1;
    if (this.#state.kind === 'failed') this.#state = { kind: 'loading' };
    this.#host.requestUpdate();
    void this.#load(wish);
  }

  async #load({ key, load }: TripWish): Promise<void> {
    const round = this.#round;
    try {
      const trip = await load();
      keep(key, { trip, atMs: this.#options.nowMs() });
      if (round === this.#round) this.#state = { kind: 'ready', trip };
    } catch (error) {
      if (round !== this.#round) return;
      const code = codeOf(error);
      const before = code === 'unavailable' ? kept.get(key) : undefined;
      const message = error instanceof Error ? error.message : String(error);
      this.#state = before
        ? { kind: 'ready', trip: before.trip, loadedAtMs: before.atMs }
        : { kind: 'failed', code, message };
      if (!before) this.#options.onFailure(code, message);
      if (code !== 'unavailable') kept.delete(key);
    }
    if (round === this.#round) this.#host.requestUpdate();
  }
}

function keep(key: string, trip: Kept): void {
  kept.delete(key);
  kept.set(key, trip);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) return;
    kept.delete(oldest);
  }
}

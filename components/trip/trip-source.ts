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
  /** `isBehind`: the server could not be asked since, and it is as it was at `atMs`. */
  | {
      readonly kind: 'ready';
      readonly trip: Trip;
      readonly atMs: number;
      readonly isBehind: boolean;
    }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string };

export interface TripSourceOptions {
  readonly wish: () => TripWish | undefined;
  readonly nowMs: () => number;
  /** Whether there is no link to the server: what is kept is shown at once then. */
  readonly isOffline: () => boolean;
  readonly in: (delayMs: number, task: () => void) => () => void;
  readonly onFailure: (code: ErrorCode, message: string) => void;
}

interface Kept {
  readonly trip: Trip;
  readonly atMs: number;
}

/** The page's last trips: on the device itself nothing of where people were is kept. */
const kept = new Map<string, Kept>();
const mostKept = 4;

const firstRetryMs = 4_000;
const longestRetryMs = 60_000;
/** What passes by itself. */
const passing: ReadonlySet<ErrorCode> = new Set(['unavailable', 'rate-limited', 'internal']);

/** Asks for the trip that its element wants: once, again on `retry`, and by itself while the server cannot answer. */
export class TripSource implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: TripSourceOptions;
  #state: TripState = { kind: 'loading' };
  #key: string | undefined;
  #round = 0;
  #failures = 0;
  #forget: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, options: TripSourceOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get state(): TripState {
    return this.#state;
  }

  /** Whether the server could not say what there is. */
  get isBehind(): boolean {
    const state = this.#state;
    return state.kind === 'failed' || (state.kind === 'ready' && state.isBehind);
  }

  hostUpdate(): void {
    const wish = this.#options.wish();
    if (wish?.key === this.#key) return;
    this.#key = wish?.key;
    this.#failures = 0;
    const before = wish && this.#options.isOffline() ? kept.get(wish.key) : undefined;
    this.#state = before ? { kind: 'ready', ...before, isBehind: true } : { kind: 'loading' };
    this.#stop();
    if (wish) void this.#load(wish);
  }

  hostDisconnected(): void {
    this.#key = undefined;
    this.#stop();
  }

  /** What is on the screen stays until there is an answer, unless it is that there was none. */
  retry(): void {
    if (this.#state.kind === 'failed') this.#state = { kind: 'loading' };
    this.#host.requestUpdate();
    this.#again();
  }

  #again(): void {
    const wish = this.#options.wish();
    if (!wish || wish.key !== this.#key) return;
    this.#stop();
    void this.#load(wish);
  }

  #stop(): void {
    this.#round += 1;
    this.#forget?.();
    this.#forget = undefined;
  }

  async #load({ key, load }: TripWish): Promise<void> {
    const round = this.#round;
    try {
      const trip = sameAsKept(key, await load());
      const atMs = this.#options.nowMs();
      keep(key, { trip, atMs });
      if (round !== this.#round) return;
      this.#failures = 0;
      this.#state = { kind: 'ready', trip, atMs, isBehind: false };
    } catch (error) {
      if (round === this.#round) this.#fail(key, error);
    }
    if (round === this.#round) this.#host.requestUpdate();
  }

  #fail(key: string, error: unknown): void {
    const code = codeOf(error);
    const message = error instanceof Error ? error.message : String(error);
    const before = passing.has(code) ? kept.get(key) : undefined;
    if (!before) kept.delete(key);
    this.#state = before
      ? { kind: 'ready', ...before, isBehind: true }
      : { kind: 'failed', code, message };
    if (this.#failures === 0) this.#options.onFailure(code, message);
    this.#failures += 1;
    if (!passing.has(code)) return;
    const { retryAfterMs = 0 } = error as { readonly retryAfterMs?: number };
    const delayMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (this.#failures - 1));
    this.#forget = this.#options.in(Math.max(delayMs, retryAfterMs), () => this.#again());
  }
}

/** An answer without news is the trip that is on the screen: it goes on where it is. */
function sameAsKept(key: string, trip: Trip): Trip {
  const before = kept.get(key)?.trip;
  return before && JSON.stringify(before) === JSON.stringify(trip) ? before : trip;
}

function keep(key: string, trip: Kept): void {
  kept.delete(key);
  kept.set(key, trip);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) return;
    kept.delete(oldest);
  }
}

import type { Scheduler, Surroundings } from '../../sdk/sync/scheduler.ts';
import { epochMs } from './epoch.ts';
import type { Lifetime } from './lifetime.ts';
import type { Screen } from './screen.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A device's clocks, right or wrong. */
export class DeviceClock {
  readonly #time: VirtualTime;
  /** How much faster than the truth its crystal runs: parts in one. */
  readonly #drift: number;
  #wallErrorMs: number;
  /** When the wall clock was last set, virtual ms. */
  lastJumpMs: number = Number.NEGATIVE_INFINITY;

  constructor(time: VirtualTime, wallErrorMs: number, drift: number) {
    this.#time = time;
    this.#wallErrorMs = wallErrorMs;
    this.#drift = drift;
  }

  monotonicMs(): number {
    return this.#time.nowMs * (1 + this.#drift);
  }

  wallMs(): number {
    return Math.floor(epochMs + this.monotonicMs() + this.#wallErrorMs);
  }

  jump(byMs: number): void {
    this.#wallErrorMs += byMs;
    this.lastJumpMs = this.#time.nowMs;
  }

  scheduler(lifetime: Lifetime, screen: Screen, random: () => number): Scheduler {
    return {
      nowMs: () => this.wallMs(),
      monotonicMs: () => this.monotonicMs(),
      after: (delayMs, run) => screen.after(lifetime, delayMs / (1 + this.#drift), run),
      random,
    };
  }
}

/** What the platform tells a page of its surroundings. */
export class DeviceSurroundings implements Surroundings {
  #online = true;
  readonly #wakes = new Set<() => void>();
  readonly #offlines = new Set<() => void>();
  readonly #screen: Screen;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  isVisible(): boolean {
    return this.#screen.isLookedAt;
  }

  isOnline(): boolean {
    return this.#online;
  }

  onWake(listener: () => void): () => void {
    this.#wakes.add(listener);
    return () => this.#wakes.delete(listener);
  }

  onOffline(listener: () => void): () => void {
    this.#offlines.add(listener);
    return () => this.#offlines.delete(listener);
  }

  set(online: boolean): void {
    if (online === this.#online) return;
    this.#online = online;
    for (const listener of online ? this.#wakes : this.#offlines) listener();
  }

  wake(): void {
    for (const listener of this.#wakes) listener();
  }
}

import type { Lifetime } from './lifetime.ts';
import type { PhoneRun } from './phone.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What becomes of a page that nobody looks at: it runs on, as one with music does; its timers are slowed down; or the system stops it. */
type Unseen = 'runs' | 'slowed' | 'stopped';

/** How often somebody looks at a phone. */
export type Looks = 'always' | 'now and then' | 'never';

/** Timers of a slowed page are due at whole seconds, after a while at whole minutes. */
const slowGridMs = 1_000;
const slowestGridMs = 60_000;
const slowestAfterMs = 300_000;
/** A server hears nothing of a stopped page, and hangs up. */
const hangUpMs = 45_000;

/** Who looks at a phone, and what the system does to the page when nobody does. */
export class Screen {
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #run: () => PhoneRun | undefined;
  readonly #slowed = new Set<SlowedTimer>();
  #looks: Looks = 'always';
  #lookedUntilMs = Number.POSITIVE_INFINITY;
  #isLookedAt = true;
  #unseen: Unseen = 'runs';
  #changedMs = 0;
  #stopped: PhoneRun | undefined;

  constructor(time: VirtualTime, random: Random, run: () => PhoneRun | undefined) {
    this.#time = time;
    this.#random = random;
    this.#run = run;
  }

  get isLookedAt(): boolean {
    return this.#isLookedAt;
  }

  /** When somebody began to look; undefined while nobody does. */
  get lookedSinceMs(): number | undefined {
    return this.#isLookedAt ? this.#changedMs : undefined;
  }

  /** Since when the page has run as it should, or undefined while the system holds it back. */
  get steadySinceMs(): number | undefined {
    if (!this.#isLookedAt && this.#unseen !== 'runs') return undefined;
    return this.#unseen === 'runs' ? 0 : this.#changedMs;
  }

  /** From now on it is looked at so often. */
  setHabit(looks: Looks): void {
    this.#looks = looks;
    this.#lookedUntilMs = looks === 'always' ? Number.POSITIVE_INFINITY : this.#time.nowMs;
    if (looks === 'always') this.#show();
    else if (looks === 'never') this.#isLookedAt = false;
    else this.look();
  }

  /** Its person takes it up, for a while. */
  look(): void {
    if (this.#looks !== 'now and then') return;
    const untilMs = this.#time.nowMs + this.#random.between(5_000, 60_000);
    const isShown = this.#lookedUntilMs > this.#time.nowMs;
    this.#lookedUntilMs = Math.max(untilMs, this.#lookedUntilMs);
    if (!isShown) this.#time.after(this.#lookedUntilMs - this.#time.nowMs, this.#lookAway);
    this.#show();
  }

  /** The page's timers: as late as the system lets them be. */
  after(lifetime: Lifetime, delayMs: number, run: () => void): () => void {
    const lateMs = this.#lateMs(delayMs);
    return lateMs === 0
      ? lifetime.after(delayMs, run)
      : this.#slowDown(lifetime, delayMs, lateMs, run);
  }

  #slowDown(lifetime: Lifetime, delayMs: number, lateMs: number, run: () => void): () => void {
    const fire = (): void => {
      this.#slowed.delete(timer);
      run();
    };
    let stop = lifetime.after(delayMs + lateMs, fire);
    const dueMs = this.#time.nowMs + delayMs;
    const timer: SlowedTimer = {
      hasten: () => {
        stop();
        stop = lifetime.after(Math.max(0, dueMs - this.#time.nowMs), fire);
      },
    };
    this.#slowed.add(timer);
    return () => {
      this.#slowed.delete(timer);
      stop();
    };
  }

  #lateMs(delayMs: number): number {
    if (this.#isLookedAt || this.#unseen !== 'slowed') return 0;
    const { nowMs } = this.#time;
    const dueMs = nowMs + delayMs;
    const grid = nowMs - this.#changedMs > slowestAfterMs ? slowestGridMs : slowGridMs;
    return Math.ceil(dueMs / grid) * grid - dueMs;
  }

  readonly #lookAway = (): void => {
    const { nowMs } = this.#time;
    if (this.#looks !== 'now and then') return;
    if (this.#lookedUntilMs > nowMs) {
      this.#time.after(this.#lookedUntilMs - nowMs, this.#lookAway);
      return;
    }
    this.#isLookedAt = false;
    this.#changedMs = nowMs;
    this.#unseen = this.#random.pick(['runs', 'slowed', 'slowed', 'stopped', 'stopped']);
    if (this.#unseen === 'stopped') {
      this.#time.after(this.#random.between(1_000, 60_000), () => this.#stop(nowMs));
    }
    // Even without anything to do, people take a phone up now and then.
    this.#time.after(this.#random.between(60_000, 1_800_000), () => {
      if (!this.#isLookedAt && this.#changedMs === nowMs) this.look();
    });
  };

  #show(): void {
    if (this.#isLookedAt) return;
    this.#isLookedAt = true;
    this.#changedMs = this.#time.nowMs;
    const stopped = this.#stopped;
    this.#stopped = undefined;
    stopped?.lifetime.wake();
    for (const timer of this.#slowed) timer.hasten();
    this.#slowed.clear();
    this.#run()?.surroundings.wake();
  }

  #stop(hiddenMs: number): void {
    const run = this.#run();
    if (this.#isLookedAt || this.#changedMs !== hiddenMs || !run || run.lifetime.asleep) return;
    this.#stopped = run;
    run.lifetime.sleep();
    this.#time.after(hangUpMs, () => {
      if (this.#stopped === run) run.link?.break();
    });
  }
}

interface SlowedTimer {
  hasten(): void;
}

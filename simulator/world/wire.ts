import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Way = 'up' | 'down';

/** How the network between one phone and the servers behaves now. */
export interface WireCondition {
  latencyMs: number;
  jitterMs: number;
  /** What one way takes longer than the other. */
  slowerUpMs: number;
  slowerDownMs: number;
  /** Share of messages that vanish. */
  lossShare: number;
  /** Share of messages that arrive twice. */
  twiceShare: number;
  /** Up to this much more for any message, so that later ones overtake it; 0 keeps the order. */
  disorderMs: number;
  /** Nothing passes, and nobody is told. */
  dark: 'none' | 'up' | 'down' | 'both';
  /** Somebody else answers in the server's place. */
  captive: boolean;
}

export const calm: Readonly<WireCondition> = {
  latencyMs: 40,
  jitterMs: 20,
  slowerUpMs: 0,
  slowerDownMs: 0,
  lossShare: 0,
  twiceShare: 0,
  disorderMs: 0,
  dark: 'none',
  captive: false,
};

/** A connection that the wire carries: cut when the silence has lasted too long for the sockets at its ends. */
export interface Carried {
  /** Both ends learn that it is over. */
  break(): void;
  /** Nothing was heard for so long that both ends give it up, each by itself. */
  timedOut(): void;
  /** The phone's end is gone. */
  abandoned(): void;
}

/** A message on its way between a phone and a server. */
export interface Packet {
  readonly way: Way;
  /** The event it carries, an answer to one, or what the network itself says. */
  readonly what: string;
  readonly sentMs: number;
  /** Null for one that is lost on the way. */
  readonly arrivesMs: number | null;
}

/** How long the sockets at both ends wait for a sign of life. */
export const socketTimeoutMs = 20_000;

/** Carries messages between one phone and the servers, or loses them. */
export class Wire {
  readonly condition: WireCondition = { ...calm };
  readonly links: Set<Carried> = new Set();
  /** Told of every message that sets out; for a picture. */
  onPacket: ((packet: Packet) => void) | undefined;
  readonly #time: VirtualTime;
  readonly #random: Random;
  readonly #held: (() => void)[] = [];
  readonly #lastArrivalMs: Record<Way, number> = { up: 0, down: 0 };

  constructor(time: VirtualTime, random: Random) {
    this.#time = time;
    this.#random = random;
  }

  isDark(way: Way): boolean {
    const { dark } = this.condition;
    return dark === 'both' || dark === way;
  }

  /** How long a message takes that is sent now; undefined when it will not arrive. */
  delayOf(way: Way): number | undefined {
    const { latencyMs, jitterMs, lossShare } = this.condition;
    if (this.isDark(way)) return undefined;
    if (lossShare > 0 && this.#random.chance(lossShare)) return undefined;
    return latencyMs + this.#random.next() * jitterMs + this.#slower(way);
  }

  /** @param overtakes whether disorder may bring it before what was sent earlier */
  carry(way: Way, what: string, run: () => void, overtakes = true): void {
    const delayMs = this.delayOf(way);
    if (delayMs === undefined) {
      this.picture(way, what, undefined);
      return;
    }
    const { disorderMs, twiceShare } = this.condition;
    const arrive = (): void => {
      if (!this.isDark(way)) run();
    };
    const ownMs = disorderMs > 0 ? delayMs + this.#random.next() * disorderMs : delayMs;
    const afterMs = disorderMs > 0 && overtakes ? ownMs : this.#inOrder(way, ownMs);
    this.picture(way, what, afterMs);
    this.#time.after(afterMs, arrive);
    if (twiceShare > 0 && this.#random.chance(twiceShare)) {
      const againMs = delayMs + this.#random.between(0, 2_000);
      this.picture(way, what, againMs);
      this.#time.after(againMs, arrive);
    }
  }

  /** As `carry`, for what a stream's own repetitions bring through: in order, and late rather than never. */
  carryInOrder(way: Way, what: string, run: () => void): void {
    const { latencyMs, jitterMs } = this.condition;
    const delayMs = latencyMs + this.#random.next() * jitterMs + this.#slower(way);
    const afterMs = this.#inOrder(way, delayMs);
    this.picture(way, what, afterMs);
    this.#time.after(afterMs, () => {
      if (this.isDark(way)) this.#held.push(() => this.carryInOrder(way, what, run));
      else run();
    });
  }

  /** @param afterMs undefined for a message that will not arrive */
  picture(way: Way, what: string, afterMs: number | undefined): void {
    if (!this.onPacket) return;
    const { nowMs } = this.#time;
    this.onPacket({
      ...{ way, what, sentMs: nowMs },
      arrivesMs: afterMs === undefined ? null : nowMs + afterMs,
    });
  }

  /** @param noticed false for a wire that only looks alive: the sockets' own timeouts do not see it */
  darken(dark: WireCondition['dark'], noticed: boolean): void {
    this.condition.dark = dark;
    if (dark === 'none') for (const carry of this.#held.splice(0)) carry();
    if (dark === 'none' || !noticed) return;
    const held = [...this.links];
    this.#time.after(socketTimeoutMs, () => {
      if (this.condition.dark === 'none') return;
      for (const link of held) if (this.links.has(link)) link.timedOut();
    });
  }

  /** @returns how long a message takes that overtakes none before it */
  #inOrder(way: Way, delayMs: number): number {
    const { nowMs } = this.#time;
    const atMs = Math.max(nowMs + delayMs, this.#lastArrivalMs[way]);
    this.#lastArrivalMs[way] = atMs;
    return atMs - nowMs;
  }

  #slower(way: Way): number {
    return way === 'up' ? this.condition.slowerUpMs : this.condition.slowerDownMs;
  }

  /** Something small, whatever the weather. */
  later(delayMs: number, run: () => void): void {
    this.#time.after(delayMs, run);
  }

  /** Every connection breaks now. */
  breakAll(): void {
    for (const link of [...this.links]) link.break();
  }
}

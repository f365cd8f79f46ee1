/** Media elements for tests, which sound through a fake context's delay lines and envelopes. */
export interface FakeElements {
  createElement(): HTMLAudioElement;
  createMediaElementSource(element: HTMLAudioElement): object;
  createDelay(): object;
  /** Where the track stands that is heard at a context time, ms; undefined in silence. Throws when two sound at once. */
  heardMs(heardSeconds: number): number | undefined;
  /** Every place that an element was sent to while it played, s. */
  readonly seeks: number[];
  /** Every speed that was set. */
  readonly rates: number[];
  /** The elements stop for want of data, or go on. */
  stall(on: boolean): void;
}

export interface FakeElementsOptions {
  readonly contextSeconds: () => number;
  /** From `play()`, or from a seek, until sound comes out, ms. */
  readonly startMs: number;
  readonly trackSeconds: number;
}

/** Where an element stands is told by blocks that are rendered several at once. */
const blockSeconds = 128 / 48_000;

interface Leg {
  readonly at: number;
  readonly position: number;
  readonly rate: number;
}

interface Ramp {
  readonly at: number;
  readonly value: number;
  readonly isLinear: boolean;
}

export function fakeElements(options: FakeElementsOptions): FakeElements {
  const { contextSeconds, startMs, trackSeconds } = options;
  const decks: { element: FakeElement; delay: FakeDelay; heardFrom: () => number }[] = [];
  const seeks: number[] = [];
  const rates: number[] = [];
  let isStalled = false;

  class FakeElement {
    preload = '';
    preservesPitch = false;
    crossOrigin: string | null = null;
    volume = 1;
    src = '';
    paused = true;
    seeking = false;
    duration = trackSeconds;
    readonly buffered = { length: 1, start: () => 0, end: () => trackSeconds };
    legs: Leg[] = [{ at: 0, position: 0, rate: 0 }];
    #rate = 1;

    get readyState(): number {
      return isStalled ? 2 : 4;
    }
    get ended(): boolean {
      return this.at(contextSeconds()) >= trackSeconds;
    }
    get currentTime(): number {
      const seconds = contextSeconds();
      return this.at(seconds - (this.#isMoving ? seconds % blockSeconds : 0));
    }
    set currentTime(position: number) {
      if (!this.paused) seeks.push(position);
      this.#move(position);
    }
    get playbackRate(): number {
      return this.#rate;
    }
    set playbackRate(rate: number) {
      rates.push(rate);
      this.#rate = rate;
      this.#move(this.at(contextSeconds()), 0);
    }
    get #isMoving(): boolean {
      return (this.legs.at(-1)?.rate ?? 0) > 0;
    }
    async play(): Promise<void> {
      if (!this.paused) return;
      this.paused = false;
      this.#move(this.at(contextSeconds()));
    }
    pause(): void {
      this.paused = true;
      this.#move(this.at(contextSeconds()), 0);
    }
    stall(on: boolean): void {
      if (on)
        this.legs.push({ at: contextSeconds(), position: this.at(contextSeconds()), rate: 0 });
      else this.#move(this.at(contextSeconds()));
    }
    at(seconds: number): number {
      const leg = this.legs.findLast(({ at }) => at <= seconds) ?? { at: 0, position: 0, rate: 0 };
      return Math.min(trackSeconds, leg.position + (seconds - leg.at) * leg.rate);
    }
    addEventListener(): void {}
    removeAttribute(): void {}
    load(): void {}
    #move(position: number, delayMs = startMs): void {
      const now = contextSeconds();
      this.legs = this.legs.filter(({ at }) => at <= now);
      this.legs.push({ at: now, position, rate: 0 });
      if (!this.paused) this.legs.push({ at: now + delayMs / 1000, position, rate: this.#rate });
    }
  }

  class FakeDelay {
    source: FakeElement | undefined;
    #ramps: Ramp[] = [{ at: 0, value: 0, isLinear: false }];
    readonly delayTime = {
      setValueAtTime: (value: number, at: number) =>
        this.#ramps.push({ at, value, isLinear: false }),
      linearRampToValueAtTime: (value: number, at: number) =>
        this.#ramps.push({ at, value, isLinear: true }),
      cancelScheduledValues: () => {
        this.#ramps = this.#ramps.filter(({ at }) => at <= contextSeconds());
      },
    };
    connect(envelope: { gain: { setTargetAtTime(value: number, at: number): void } }): object {
      let heardFrom = Number.POSITIVE_INFINITY;
      envelope.gain.setTargetAtTime = (value, at) => {
        heardFrom = value > 0 ? at : Number.POSITIVE_INFINITY;
      };
      const { source } = this;
      if (source) decks.push({ element: source, delay: this, heardFrom: () => heardFrom });
      return envelope;
    }
    at(seconds: number): number {
      const index = this.#ramps.findLastIndex(({ at }) => at <= seconds);
      const [from, to] = [this.#ramps[index], this.#ramps[index + 1]];
      if (!from) return 0;
      if (!to?.isLinear) return from.value;
      return from.value + ((to.value - from.value) * (seconds - from.at)) / (to.at - from.at);
    }
  }

  return {
    createElement: () => new FakeElement() as unknown as HTMLAudioElement,
    createMediaElementSource: (element) => ({
      connect(delay: FakeDelay) {
        delay.source = element as unknown as FakeElement;
        return delay;
      },
    }),
    createDelay: () => new FakeDelay(),
    heardMs(heardSeconds) {
      const heard = decks.flatMap(({ element, delay, heardFrom }) => {
        const seconds = heardSeconds - delay.at(heardSeconds);
        const isSounding = element.at(seconds) > element.at(seconds - 0.0001);
        return isSounding && heardFrom() <= heardSeconds ? [element.at(seconds) * 1000] : [];
      });
      if (heard.length > 1) throw new Error(`${heard.length} elements sound at once`);
      return heard[0];
    },
    seeks,
    rates,
    stall(on) {
      isStalled = on;
      for (const { element } of decks) element.stall(on);
    },
  };
}

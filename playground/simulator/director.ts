import { mutants } from '../../simulator/mutants/index.ts';
import type { Injection } from '../../simulator/stage/injection.ts';
import { openStage, type Stage } from '../../simulator/stage/open-stage.ts';
import type { StageView } from '../../simulator/stage/view.ts';
import type { Script } from './address.ts';

/** What the page shows beside the world itself. */
export interface Scene {
  readonly script: Script;
  readonly view: StageView;
  readonly playing: boolean;
  /** Simulated seconds per second. */
  readonly speed: number;
  /** True while everything is being put right and compared. */
  readonly resting: boolean;
  /** When everybody was last compared at rest and found equal. */
  readonly equalAtMs: number | undefined;
}

/** Hours that people's taps are planned for: longer than anybody looks on. */
const plannedHours = 12;
/** A tab that slept must not catch up with hours of its world in one frame. */
const longestFrameMs = 100;

/** Runs one world in real time, and lets a visitor interfere. Frames and their times come from outside. */
export class Director {
  readonly #changed: () => void;
  #stage: Stage | undefined;
  #script: Script;
  #playing = true;
  #speed = 10;
  #resting = false;
  #equalAtMs: number | undefined;
  /** One thing at a time happens to the world. */
  #turn: Promise<void> = Promise.resolve();
  #underWay = 0;

  constructor(script: Script, changed: () => void) {
    this.#script = script;
    this.#changed = changed;
  }

  /** Undefined until the world has begun. */
  get scene(): Scene | undefined {
    if (!this.#stage) return undefined;
    return {
      script: { ...this.#script, done: this.#stage.injected },
      view: this.#stage.view$.value,
      playing: this.#playing && !this.#stage.violation,
      speed: this.#speed,
      resting: this.#resting,
      equalAtMs: this.#equalAtMs,
    };
  }

  /** Begins anew; what was done by hand is done again where the script says so. */
  begin(script: Script): Promise<void> {
    return this.#next(async () => {
      this.#stage?.close();
      this.#stage = undefined;
      this.#script = script;
      this.#equalAtMs = undefined;
      const mutant = mutants.find(({ name }) => name === script.bug);
      this.#stage = await openStage({
        seed: script.seed,
        phones: script.phones,
        hours: script.life === 'nobody' ? 0 : plannedHours,
        life: script.life === 'everything' ? 'everything' : 'people',
        injected: script.done,
        pictured: true,
        ...(mutant ? { mutant } : {}),
      });
      this.#changed();
    });
  }

  /** Lets a frame's time pass. Does nothing while the last one is still under way. */
  frame(elapsedMs: number): void {
    const stage = this.#stage;
    if (!stage || this.#underWay > 0 || !this.#playing || stage.violation) return;
    const untilMs = stage.nowMs + Math.min(elapsedMs, longestFrameMs) * this.#speed;
    void this.#next(() => stage.runUntil(untilMs));
  }

  /** One event, with time standing still otherwise. */
  step(): void {
    this.#playing = false;
    void this.#next(async () => this.#stage?.step());
  }

  play(playing: boolean): void {
    this.#playing = playing;
    this.#changed();
  }

  /** @param speed simulated seconds per second */
  pace(speed: number): void {
    this.#speed = speed;
    this.#changed();
  }

  /** Something that the visitor does. */
  do(injection: Injection): void {
    this.#equalAtMs = undefined;
    void this.#next(async () => {
      const stage = this.#stage;
      if (!stage) return;
      stage.inject(injection);
      // While time stands still the deed is to be seen all the same.
      if (!this.#playing) await stage.runUntil(stage.nowMs + 1);
    });
  }

  /** Puts everything right, waits until nothing is left to do, and compares everybody. */
  rest(): void {
    this.#resting = true;
    this.#changed();
    void this.#next(async () => {
      await this.#stage?.rest();
      if (this.#stage && !this.#stage.violation) this.#equalAtMs = this.#stage.nowMs;
    }).finally(() => {
      this.#resting = false;
      this.#playing = false;
      this.#changed();
    });
  }

  async #next(work: () => Promise<unknown>): Promise<void> {
    this.#underWay += 1;
    const before = this.#turn;
    const turn = before.then(work).then(() => {});
    this.#turn = turn.catch(() => {});
    try {
      await turn;
    } finally {
      this.#underWay -= 1;
      this.#changed();
    }
  }
}

import type { Scope } from '../../sdk/protocol/ids.ts';
import { Follower } from '../../sdk/sync/follower.ts';
import type { SyncEngine } from '../../sdk/sync/sync-engine.ts';
// At hand from the start, so that whoever asks for it later gets it at the same moment in every run.
import '../../sdk/sync/tab-host.ts';
import { newId } from '../../sdk/protocol/ids.ts';
import { Lifetime } from './lifetime.ts';
import type { Phone } from './phone.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Witness } from './witness.ts';

export interface SecondTabDeps {
  readonly phone: Phone;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly witness: Witness;
  /** Another run of the app, with a number of its own. */
  readonly nextRun: () => number;
  /** What a mutant makes of it. */
  readonly decorate: ((engine: SyncEngine, phone: Phone) => void) | undefined;
}

/** A second tab of the app, beside the one that leads: it shows the same, takes taps, and talks to no server. */
export class SecondTab {
  /** Names the page that is open now; 0 while none is. */
  number = 0;
  readonly #deps: SecondTabDeps;
  #lifetime: Lifetime | undefined;
  #engine: Follower | undefined;

  constructor(deps: SecondTabDeps) {
    this.#deps = deps;
  }

  /** Undefined while no such tab is open, or has not read the journal yet. */
  get engine(): SyncEngine | undefined {
    return this.#engine;
  }

  /** @returns its name; undefined where one is open already */
  open(): number | undefined {
    if (this.number > 0) return undefined;
    const { phone, time, random, witness, nextRun, decorate } = this.#deps;
    const number = nextRun();
    const chance = random.fork(`tab-${number}`);
    const lifetime = new Lifetime(time);
    this.number = number;
    this.#lifetime = lifetime;
    Follower.open(
      {
        userId: phone.userId,
        journal: phone.disk.open(lifetime, chance, () => newId(chance.next)),
        scheduler: phone.clock.scheduler(lifetime, phone.screen, chance.next),
        random: chance.next,
        tabs: phone.tabs.join(lifetime),
      },
      {
        changed: (scopes) => {
          if (lifetime.alive) witness.turnedBeside(phone, scopes);
        },
        live() {},
        groups() {},
        ended() {},
        // Its storage has failed: it would have to talk for itself, and its person closes it.
        deposed: () => this.close(number),
      },
    ).then(
      (engine) => {
        if (!lifetime.alive) return;
        decorate?.(engine, phone);
        this.#engine = engine;
        for (const scope of phone.scopes) engine.follow(scope);
        engine.start();
      },
      () => this.end(),
    );
    return number;
  }

  follow(scope: Scope): void {
    this.#engine?.follow(scope);
  }

  /** By its person: what was tapped in it gets into the journal. */
  close(number: number): void {
    const [engine, lifetime] = [this.#engine, this.#lifetime];
    if (this.number !== number) return;
    this.#engine = undefined;
    if (!engine) {
      this.end();
      return;
    }
    const { phone, witness } = this.#deps;
    engine.close().then(
      () => {
        if (!lifetime?.alive) return;
        witness.left(phone, number);
        this.end();
      },
      (error: unknown) => witness.bug(`${phone.userId} closes a second tab`, error),
    );
  }

  /** As a browser that is killed. */
  end(): void {
    this.#lifetime?.end();
    this.#lifetime = undefined;
    this.#engine = undefined;
    this.number = 0;
  }
}

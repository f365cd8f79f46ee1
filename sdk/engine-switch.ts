import type { Subscription } from 'rxjs';
import type { Identity } from './auth/identity.ts';
import type { Hub } from './hub.ts';
import type { PositionLane } from './positions/lane.ts';
import { type UserId, userScope } from './protocol/ids.ts';
import type { WireGroup } from './protocol/wire.ts';
import type { Journal } from './store/journal.ts';
import { Engine } from './sync/engine.ts';
import type { Scheduler, Surroundings } from './sync/scheduler.ts';
import type { SyncStatus } from './sync/status.ts';
import type { OpenLink } from './transport/link.ts';

export interface EngineSwitchDeps {
  readonly server: string;
  readonly site: string;
  readonly identity: Identity;
  readonly hub: Hub;
  readonly lane: PositionLane;
  readonly openLink: OpenLink;
  readonly scheduler: Scheduler;
  readonly surroundings: Surroundings;
  readonly random: () => number;
  /** One journal per server, site, user and namespace. */
  readonly journalOf: (userId: UserId) => Journal;
  readonly onStatus: (status: SyncStatus) => void;
  readonly onGroups: (groups: readonly WireGroup[]) => void;
}

/** Runs one engine for whoever is signed in, and none for nobody. */
export class EngineSwitch {
  readonly #deps: EngineSwitchDeps;
  readonly #watch: Subscription;
  #engine: Engine | undefined;
  #turns: Promise<void> = Promise.resolve();
  #on = true;
  #closed = false;

  constructor(deps: EngineSwitchDeps) {
    this.#deps = deps;
    let last: UserId | undefined;
    this.#watch = deps.identity.user$.subscribe((user) => {
      if (user?.id === last) return;
      last = user?.id;
      this.#turns = this.#turns.then(() => this.#run(user?.id));
    });
  }

  get engine(): Engine | undefined {
    return this.#engine;
  }

  /** Resolves when the engine of whoever is signed in has taken over. */
  settled(): Promise<void> {
    return this.#turns;
  }

  switch(on: boolean): void {
    this.#on = on;
    this.#engine?.switch(on);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watch.unsubscribe();
    await this.#turns;
    await this.#stop();
  }

  async #run(userId: UserId | undefined): Promise<void> {
    await this.#stop();
    if (userId === undefined || this.#closed) return;
    const { identity, hub, lane } = this.#deps;
    const engine = await Engine.open(
      {
        ...this.#deps,
        userId,
        journal: this.#deps.journalOf(userId),
        token: (reason) => {
          if (reason === 'expired') identity.expired();
          return identity.token();
        },
      },
      {
        changed: (scopes) => hub.changed(scopes),
        live: (message) => {
          lane.take(message);
          hub.changed(new Set([message.scope]));
        },
        groups: this.#deps.onGroups,
        ended: (ended) => {
          lane.clear(ended.scope);
          hub.endedNow(ended);
        },
      },
    );
    this.#engine = engine;
    engine.status$.subscribe((status) => this.#deps.onStatus(status));
    engine.follow(userScope(userId));
    hub.attach(engine, userId);
    if (this.#on) engine.start();
    else engine.switch(false);
  }

  async #stop(): Promise<void> {
    const engine = this.#engine;
    if (!engine) return;
    this.#engine = undefined;
    this.#deps.hub.attach(undefined, undefined);
    this.#deps.lane.clear();
    await engine.close();
  }
}

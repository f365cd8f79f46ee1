import type { Subscription } from 'rxjs';
import type { Identity } from './auth/identity.ts';
import type { FineOffset } from './clock/fine-offset.ts';
import type { Hub } from './hub.ts';
import type { PositionLane } from './positions/lane.ts';
import { type UserId, userScope } from './protocol/ids.ts';
import type { WireGroup } from './protocol/wire.ts';
import type { Journal } from './store/journal.ts';
import { Engine } from './sync/engine.ts';
import { LateTabHost } from './sync/late-tab-host.ts';
import type { ReplicaRelay } from './sync/replica.ts';
import type { Scheduler, Surroundings } from './sync/scheduler.ts';
import type { SyncStatus } from './sync/status.ts';
import type { EngineEvents, SyncEngine } from './sync/sync-engine.ts';
import type { Campaign } from './sync/tab-lead.ts';
import type { TabPort } from './sync/tabs.ts';
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
  /** One journal per server, site, user and namespace; opened anew for each engine. */
  readonly journalOf: (userId: UserId) => Journal;
  /** The other tabs that share that journal, and how one of them is made their leader. */
  readonly tabsOf: (userId: UserId) => { readonly tabs: TabPort; readonly campaign: Campaign };
  readonly onStatus: (status: SyncStatus) => void;
  readonly onGroups: (groups: readonly WireGroup[]) => void;
  readonly took: EngineEvents['took'];
}

/** Runs one engine for whoever is signed in, and none for nobody: it leads this browser's tabs, or follows. */
export class EngineSwitch {
  readonly #deps: EngineSwitchDeps;
  readonly #watch: Subscription;
  #engine: SyncEngine | undefined;
  #host: LateTabHost | undefined;
  #end: (() => void) | undefined;
  #turns: Promise<void> = Promise.resolve();
  #on = true;
  /** What the election among tabs said last. */
  #leads = false;

  constructor(deps: EngineSwitchDeps) {
    this.#deps = deps;
    let last: UserId | undefined;
    this.#watch = deps.identity.user$.subscribe((user) => {
      if (user?.id === last) return;
      last = user?.id;
      this.#inTurn(() => this.#runFor(user?.id));
    });
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
    this.#watch.unsubscribe();
    await this.#turns;
    this.#end?.();
    await this.#stop();
  }

  /** A turn that fails is told to who waits for it, and holds up none after it. */
  #inTurn(run: () => Promise<void>): void {
    this.#turns = this.#turns.catch(() => {}).then(run);
    this.#turns.catch(() => {});
  }

  /** Another person: the last one's tabs are left, the next one's are met. */
  async #runFor(userId: UserId | undefined): Promise<void> {
    this.#end?.();
    this.#end = undefined;
    await this.#stop();
    if (userId === undefined) return;
    const { tabs, campaign } = this.#deps.tabsOf(userId);
    let first: ((leads: boolean) => void) | undefined;
    const decided = new Promise<boolean>((resolve) => {
      first = resolve;
    });
    const change = (leads: boolean): void => {
      this.#leads = leads;
      if (first) {
        first(leads);
        first = undefined;
        return;
      }
      this.#inTurn(() => this.#run(userId, leads, tabs));
    };
    const giveUp = campaign({ won: () => change(true), lost: () => change(false) });
    const stopWaiting = this.#deps.scheduler.after(leadWaitMs, () => change(false));
    this.#end = () => {
      this.#leads = false;
      stopWaiting();
      giveUp();
      tabs.close();
    };
    const leads = await decided;
    stopWaiting();
    await this.#run(userId, leads, tabs);
  }

  async #run(userId: UserId, leads: boolean, tabs: TabPort): Promise<void> {
    const before = this.#engine;
    this.#unhost();
    // Closed first, so that all it had is in the journal; shown until the next one is ready.
    await before?.close();
    const { hub } = this.#deps;
    const journal = this.#deps.journalOf(userId);
    const events = this.#events(userId, tabs);
    const engine = leads
      ? await this.#lead(userId, journal, tabs, events)
      : await this.#follow(userId, journal, tabs, events);
    if (before) engine.replica.inherit(before.replica);
    this.#engine = engine;
    let isLost = false;
    engine.status$.subscribe((status) => {
      this.#deps.onStatus(status);
      if (isLost || status.storage === 'disk' || journal.kind === 'memory') return;
      isLost = true;
      void this.#returnToDisk(engine, userId, tabs);
    });
    engine.follow(userScope(userId));
    hub.attach(engine, userId);
    if (this.#on) engine.start();
    else engine.switch(false);
  }

  async #returnToDisk(engine: SyncEngine, userId: UserId, tabs: TabPort): Promise<void> {
    const late = await import('./return-to-disk.ts').catch(() => undefined);
    late?.returnToDisk({
      engine,
      after: this.#deps.scheduler.after,
      openJournal: () => this.#deps.journalOf(userId),
      isCurrent: () => this.#engine === engine,
      restart: () => this.#inTurn(() => this.#run(userId, this.#leads, tabs)),
    });
  }

  async #lead(
    userId: UserId,
    journal: Journal,
    tabs: TabPort,
    events: EngineEvents,
  ): Promise<SyncEngine> {
    const { identity } = this.#deps;
    const token = (reason: 'start' | 'expired'): Promise<string> => {
      if (reason === 'expired') identity.expired();
      return identity.token();
    };
    const relay = (): ReplicaRelay | undefined => this.#host?.current?.relay;
    const engine = await Engine.open(
      { ...this.#deps, userId, journal, token, relay, refineTime },
      events,
    );
    this.#host = new LateTabHost(engine, tabs);
    return engine;
  }

  /** Most pages have one tab: what only a second one needs comes when it is needed. */
  async #follow(
    userId: UserId,
    journal: Journal,
    tabs: TabPort,
    events: EngineEvents,
  ): Promise<SyncEngine> {
    try {
      const { Follower } = await import('./sync/follower.ts');
      return await Follower.open({ ...this.#deps, userId, journal, tabs }, events);
    } catch {
      // Without a store that tabs share, or without the code, there is nobody to follow: it talks for itself.
      return this.#lead(userId, journal, tabs, events);
    }
  }

  #events(userId: UserId, tabs: TabPort): EngineEvents {
    const { hub, lane, onGroups, took } = this.#deps;
    return {
      took,
      changed: (scopes) => hub.changed(scopes),
      live: (message) => {
        lane.take(message);
        hub.changed(new Set([message.scope]));
        this.#host?.current?.live(message);
      },
      groups: (groups) => {
        onGroups(groups);
        this.#host?.current?.groups(groups);
      },
      ended: (ended) => {
        lane.clear(ended.scope);
        hub.endedNow(ended);
        this.#host?.current?.ended(ended);
      },
      deposed: () => {
        this.#turns = this.#turns.then(() => this.#run(userId, false, tabs));
        // Without a tab that has won the lead meanwhile, who took the journal's term was none, or is gone.
        this.#deps.scheduler.after(reclaimMs, () => {
          if (this.#leads) this.#inTurn(() => this.#run(userId, true, tabs));
        });
      },
    };
  }

  #unhost(): void {
    this.#host?.close();
    this.#host = undefined;
  }

  async #stop(): Promise<void> {
    const engine = this.#engine;
    if (!engine) return;
    this.#unhost();
    this.#engine = undefined;
    this.#deps.hub.attach(undefined, undefined);
    this.#deps.lane.clear();
    await engine.close();
  }
}

/** A tab that has not won the lead by then begins as a follower. */
const leadWaitMs = 150;
/** A leader whose term was taken leads again after this, where it has not lost the election. */
const reclaimMs = 1_000;

/** Not for the first picture: a link has to have told the time for seconds before there is anything to refine. */
const refineTime = async (): Promise<FineOffset> =>
  new (await import('./clock/fine-offset.ts')).FineOffset();

import { ServerTime, type ServerTimeOptions } from '../clock/server-time.ts';
import { JamzError } from '../protocol/errors.ts';
import { newId, type OpId, type Scope, type UserId, userScope } from '../protocol/ids.ts';
import type { OpType, Payloads } from '../protocol/payloads.ts';
import type { LiveReport } from '../protocol/wire.ts';
import type { Journal } from '../store/journal.ts';
import { Connection, type ConnectionDeps } from './connection.ts';
import { Counters } from './counters.ts';
import type { EncodeSnapshot } from './kept-state.ts';
import { Ledger } from './ledger.ts';
import { LinkTalk } from './link-talk.ts';
import { LocalCheck, type RefusalOf } from './local-check.ts';
import { type OpenedJournal, openJournal } from './open-journal.ts';
import { Replica, type ReplicaRelay, type Submitted } from './replica.ts';
import type { ScopeReplica } from './scope-replica.ts';
import { Stamps } from './stamps.ts';
import type { EngineEvents, SyncEngine } from './sync-engine.ts';
import { SyncStateTeller } from './sync-state.ts';
import { Turns } from './turns.ts';
import type { OpUpgrade } from './upgrade-outbox.ts';

export interface EngineDeps extends ConnectionDeps {
  readonly userId: UserId;
  readonly journal: Journal;
  /** Unguessable where the platform can: names replicas and stampers. */
  readonly random: () => number;
  /** What a state would refuse; loaded when it is not given. */
  readonly refusalOf?: RefusalOf;
  /** How a state is written down; loaded when it is not given. */
  readonly encodeSnapshot?: EncodeSnapshot;
  /** How ops of earlier versions are read; those of the protocol unless a test has its own. */
  readonly upgrades?: readonly OpUpgrade[];
  /** What makes the server's time finer than its filter does; see {@link ServerTime}. */
  readonly refineTime?: ServerTimeOptions['refine'];
  /** The other tabs of this browser, where there are any. */
  readonly relay?: () => ReplicaRelay | undefined;
}

/** Keeps one person's replica in step with the server, over whatever links there are. */
export class Engine implements SyncEngine {
  readonly replica: Replica;
  readonly time: ServerTime;
  readonly counters: Counters = new Counters();
  readonly status$: SyncStateTeller['status$'];
  readonly #deps: EngineDeps;
  readonly #events: EngineEvents;
  readonly #ledger: Ledger;
  readonly #connection: Connection;
  readonly #talk: LinkTalk;
  readonly #changed = new Set<Scope>();
  readonly #state = new SyncStateTeller(true);
  readonly #check: LocalCheck;
  readonly #turns = new Turns(() => this.#endTurn());
  #clockOffsetMs: number | null = null;
  #storageNote: string | null = null;
  readonly #endWake: () => void;
  #on = true;

  /** Takes the lead over this person's journal and reads it; the link is opened by {@link start}. */
  static async open(deps: EngineDeps, events: EngineEvents): Promise<Engine> {
    const opened = await openJournal(deps.journal, () => newId(deps.random), deps.upgrades);
    return new Engine(deps, events, opened);
  }

  private constructor(
    deps: EngineDeps,
    events: EngineEvents,
    { journal, contents, term, note }: OpenedJournal,
  ) {
    const { scheduler } = deps;
    this.#deps = deps;
    this.#events = events;
    this.#storageNote = note;
    this.#check = new LocalCheck(deps.refusalOf);
    this.status$ = this.#state.status$;
    this.time = new ServerTime({
      monotonicMs: scheduler.monotonicMs,
      wallMs: scheduler.nowMs,
      refine: deps.refineTime,
    });
    this.#ledger = new Ledger(journal, term, () => newId(deps.random), {
      stored: (ops) => this.replica.stored(ops),
      degraded: (error, replicaId) => {
        this.replica.movedTo(replicaId);
        this.#storageNote = error.message;
        this.#turns.schedule();
      },
      deposed: () => {
        this.#connection.stop();
        this.#talk.use(undefined);
        events.deposed?.();
      },
    });
    this.replica = this.#openReplica(contents);
    this.#talk = new LinkTalk(
      {
        replica: this.replica,
        time: this.time,
        scheduler,
        isVisible: () => deps.surroundings.isVisible?.() ?? false,
      },
      {
        greeted: () => {
          this.#connection.confirmed();
          this.#state.apply('opened');
          this.#turns.schedule();
        },
        measured: () => this.#measured(),
        moved: () => this.#turns.schedule(),
        live: (message) => events.live(message),
        groups: (groups) => events.groups(groups),
        ended: (ended) => events.ended(ended),
        silent: () => this.#heard('link-lost'),
        heard: () => this.#heard('opened'),
        linkFailed: (error) => this.#linkFailed(error),
      },
    );
    this.#connection = new Connection(deps, {
      opened: (link) => {
        this.counters.linkUp(scheduler.monotonicMs());
        this.#talk.use(link);
      },
      message: this.#talk.heard,
      renewing: () => {
        this.#talk.use(undefined);
        this.#turns.schedule();
      },
      lost: (error, serverFailed) => {
        this.#talk.use(undefined);
        this.#state.apply(serverFailed ? 'server-failed' : 'link-lost', error);
        this.#state.release(error);
        this.#turns.schedule();
      },
      halted: (error) => this.#halted(error),
    });
    // A link that slept may be dead without knowing it.
    this.#endWake = deps.surroundings.onWake(() => this.#talk.check());
  }

  get term(): number | undefined {
    return this.#ledger.term;
  }

  start(): void {
    for (const { scope } of this.replica.scopes) this.#followWhatWaits(scope);
    if (this.#on) this.#connection.start();
    this.#turns.schedule();
  }

  follow(scope: Scope): ScopeReplica {
    const replica = this.replica.scope(scope);
    this.counters.lookedUp(replica.cursor !== null, scope);
    this.#talk.follow(scope);
    this.#turns.schedule();
    return replica;
  }

  submit<Type extends OpType>(scope: Scope, type: Type, payload: Payloads[Type]): Submitted {
    return this.replica.submit(scope, type, payload);
  }

  report(report: LiveReport): void {
    this.#talk.report(report);
  }

  switch(on: boolean): void {
    if (on === this.#on) return;
    this.#on = on;
    if (on) this.#connection.start();
    else {
      this.#connection.stop();
      this.#talk.use(undefined);
      this.#state.release(new JamzError('unavailable', 'Sync is switched off.'));
    }
    this.#state.apply(on ? 'resumed' : 'link-lost');
    this.#turns.schedule();
  }

  async syncNow(): Promise<void> {
    if (!this.#on) throw new JamzError('unavailable', 'Sync is switched off.');
    if (this.#state.state === 'SYNCED') {
      this.#talk.check();
      return;
    }
    const synced = this.#state.nextSynced();
    this.#connection.retryNow();
    this.#connection.start();
    await synced;
  }

  retry(opId: OpId): void {
    this.replica.verdicts.retry(opId);
  }

  discard(opId: OpId): void {
    this.replica.verdicts.discard(opId);
  }

  async close(): Promise<void> {
    this.#turns.close();
    this.#endWake();
    this.#connection.dispose();
    this.#talk.use(undefined);
    this.#state.close(new JamzError('unavailable', 'This replica was closed.'));
    await this.#ledger.close();
  }

  #openReplica(contents: OpenedJournal['contents']): Replica {
    const { userId, random, scheduler, relay, encodeSnapshot } = this.#deps;
    const deps = {
      userId,
      stamps: new Stamps(newId(random, 8), this.time),
      ledger: this.#ledger,
      scheduler,
      serverNowMs: () => this.time.nowMs(),
      counters: this.counters,
      check: this.#check,
      encodeSnapshot,
    };
    return new Replica(contents, deps, {
      changed: (scope) => {
        this.#changed.add(scope);
        this.#turns.schedule();
      },
      sendable: () => this.#talk.pump(),
      took: this.#events.took,
      get relay() {
        return relay?.();
      },
    });
  }

  /** A link that is silent may yet answer: it is shown, and kept. */
  #heard(event: 'link-lost' | 'opened'): void {
    this.#state.apply(event);
    this.#turns.schedule();
  }

  #linkFailed(error: JamzError): void {
    if (error.code === 'token-expired' || error.code === 'unauthenticated') {
      this.#connection.renew();
    } else if (error.code === 'update-needed') this.#halted(error);
    else this.#connection.drop(error);
  }

  #halted(error: JamzError): void {
    this.#connection.stop();
    this.#talk.use(undefined);
    this.#state.apply('halted', error);
    this.#state.release(error);
    this.#turns.schedule();
  }

  #measured(): void {
    const { offsetMs } = this.time;
    this.#clockOffsetMs = offsetMs;
    if (offsetMs !== null) this.replica.rebase(offsetMs);
    this.#turns.schedule();
  }

  /** Once a turn: the state is judged, and whoever looks is told. */
  #endTurn(): void {
    const { scheduler } = this.#deps;
    if (this.#state.judge(this.#talk.isInStep, scheduler.nowMs())) {
      this.counters.synced(scheduler.monotonicMs());
    }
    if (this.#changed.size > 0) {
      const changed = new Set(this.#changed);
      this.#changed.clear();
      for (const scope of changed) this.#followWhatWaits(scope);
      this.#events.changed(changed);
    }
    // Nobody waits for it, and until then every byte is wanted.
    if (this.#state.state !== 'SYNCING') this.#check.load();
    const person = this.replica.scope(userScope(this.#deps.userId)).glance();
    const questions = person.kind === 'user' ? person.conflicts : [];
    this.counters.asked(questions);
    this.#state.tell({
      conflicts: questions.length,
      pending: this.replica.pendingCount,
      setAside: this.replica.setAside.length,
      nextRetryAt: this.#connection.nextRetryAtMs,
      leader: true,
      clockOffsetMs: this.#clockOffsetMs,
      roundTripMs: this.time.roundTripMs,
      storage: this.#ledger.kind,
      storageNote: this.#storageNote,
    });
  }

  /** Ops of a scope that nobody looks at wait for its state; of one that has ended, for its server to say so again. */
  #followWhatWaits(scope: Scope): void {
    const { cursor, pendingCount } = this.replica.scope(scope);
    if (!cursor && pendingCount > 0) this.#talk.follow(scope);
  }
}

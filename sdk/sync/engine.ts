import { ServerTime } from '../clock/server-time.ts';
import { JamzError } from '../protocol/errors.ts';
import { newId, type OpId, type Scope, type UserId } from '../protocol/ids.ts';
import type { OpType, Payloads } from '../protocol/payloads.ts';
import type { EndedScope, LiveReport } from '../protocol/wire.ts';
import type { Journal } from '../store/journal.ts';
import type { Link } from '../transport/link.ts';
import { CatchUp } from './catch-up.ts';
import { Connection, type ConnectionDeps } from './connection.ts';
import { Counters } from './counters.ts';
import { Drain } from './drain.ts';
import { Greeter } from './greeter.ts';
import { openInbox } from './inbox.ts';
import { Ledger } from './ledger.ts';
import { type OpenedJournal, openJournal } from './open-journal.ts';
import { Probing } from './probing.ts';
import { Replica, type ReplicaRelay, type Submitted } from './replica.ts';
import { Reports } from './reports.ts';
import type { ScopeReplica } from './scope-replica.ts';
import { Stamps } from './stamps.ts';
import type { EngineEvents, SyncEngine } from './sync-engine.ts';
import { SyncStateTeller } from './sync-state.ts';
import { Turns } from './turns.ts';

export interface EngineDeps extends ConnectionDeps {
  readonly userId: UserId;
  readonly journal: Journal;
  /** Unguessable where the platform can: names replicas and stampers. */
  readonly random: () => number;
  /** The other tabs of this browser, where there are any. */
  readonly relay?: ReplicaRelay;
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
  readonly #greeter: Greeter;
  readonly #drain: Drain;
  readonly #catchUp: CatchUp;
  readonly #probing: Probing;
  readonly #reports: Reports;
  readonly #changed = new Set<Scope>();
  readonly #state = new SyncStateTeller(true);
  readonly #turns = new Turns(() => this.#endTurn());
  #clockOffsetMs: number | null = null;
  #storageNote: string | null = null;
  readonly #endWake: () => void;
  #on = true;

  /** Takes the lead over this person's journal and reads it; the link is opened by {@link start}. */
  static async open(deps: EngineDeps, events: EngineEvents): Promise<Engine> {
    const opened = await openJournal(deps.journal, () => newId(deps.random));
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
    this.status$ = this.#state.status$;
    this.time = new ServerTime({
      monotonicMs: scheduler.monotonicMs,
      wallMs: scheduler.nowMs,
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
        this.#use(undefined);
        events.deposed?.();
      },
    });
    this.replica = this.#openReplica(contents);
    this.#catchUp = this.#openCatchUp();
    this.#drain = this.#openDrain();
    this.#reports = new Reports(scheduler.after);
    this.#probing = new Probing(this.time, scheduler, {
      measured: () => this.#measured(),
      dead: (error) => this.#linkFailed(error),
    });
    this.#greeter = new Greeter({
      replicaId: () => this.replica.replicaId,
      cursorOf: (scope) => this.replica.scope(scope).cursor,
      greeted: () => {
        this.#connection.confirmed();
        this.#state.apply('opened');
        this.#drain.pump();
        this.#turns.schedule();
      },
      pulled: (answer) => this.#catchUp.take(answer),
      ended: (ended) => this.#ended(ended),
      live: (message) => events.live(message),
      groups: (groups) => events.groups(groups),
      scopeFailed: (scope, error) => this.#scopeFailed(scope, error),
      linkFailed: (error) => this.#linkFailed(error),
    });
    this.#connection = new Connection(deps, {
      opened: (link) => {
        this.counters.linkUp(scheduler.monotonicMs());
        this.#use(link);
      },
      message: this.#openInbox(),
      renewing: () => {
        this.#use(undefined);
        this.#turns.schedule();
      },
      lost: (error, serverFailed) => {
        this.#use(undefined);
        this.#state.apply(serverFailed ? 'server-failed' : 'link-lost', error);
        this.#state.release(error);
        this.#turns.schedule();
      },
      halted: (error) => this.#halted(error),
    });
    // A link that slept may be dead without knowing it.
    this.#endWake = deps.surroundings.onWake(() => this.#probing.check());
  }

  start(): void {
    for (const { scope } of this.replica.scopes) this.#followWhatWaits(scope);
    if (this.#on) this.#connection.start();
    this.#turns.schedule();
  }

  follow(scope: Scope): ScopeReplica {
    this.#greeter.follow(scope);
    this.#turns.schedule();
    return this.replica.scope(scope);
  }

  submit<Type extends OpType>(scope: Scope, type: Type, payload: Payloads[Type]): Submitted {
    return this.replica.submit(scope, type, payload);
  }

  report(report: LiveReport): void {
    this.#reports.tell(report);
  }

  switch(on: boolean): void {
    if (on === this.#on) return;
    this.#on = on;
    if (on) this.#connection.start();
    else {
      this.#connection.stop();
      this.#use(undefined);
      this.#state.release(new JamzError('unavailable', 'Sync is switched off.'));
    }
    this.#state.apply(on ? 'resumed' : 'link-lost');
    this.#turns.schedule();
  }

  async syncNow(): Promise<void> {
    if (!this.#on) throw new JamzError('unavailable', 'Sync is switched off.');
    if (this.#state.state === 'SYNCED') {
      this.#probing.check();
      return;
    }
    const synced = this.#state.nextSynced();
    this.#connection.retryNow();
    this.#connection.start();
    await synced;
  }

  retry(opId: OpId): void {
    this.replica.retrySetAside(opId);
  }

  discard(opId: OpId): void {
    this.replica.discardSetAside(opId);
  }

  async close(): Promise<void> {
    this.#turns.close();
    this.#endWake();
    this.#connection.dispose();
    this.#use(undefined);
    this.#state.close(new JamzError('unavailable', 'This replica was closed.'));
    await this.#ledger.close();
  }

  #openReplica(contents: OpenedJournal['contents']): Replica {
    const { userId, random, scheduler, relay } = this.#deps;
    const deps = {
      userId,
      stamps: new Stamps(newId(random, 8), this.time),
      ledger: this.#ledger,
      scheduler,
      serverNowMs: () => this.time.nowMs(),
      counters: this.counters,
    };
    return new Replica(contents, deps, {
      changed: (scope) => {
        this.#changed.add(scope);
        this.#turns.schedule();
      },
      sendable: () => this.#drain.pump(),
      ...(relay ? { relay } : {}),
    });
  }

  #openCatchUp(): CatchUp {
    return new CatchUp({
      cursorOf: (scope) => this.replica.scope(scope).cursor,
      commits: (scope, commits, headSeq) => this.replica.receive(scope, commits, headSeq),
      snapshot: (scope, state, cursor) => this.replica.replace(scope, state, cursor),
      failed: (scope, error) => this.#scopeFailed(scope, error),
      settled: () => {
        this.#drain.pump();
        this.#turns.schedule();
      },
    });
  }

  #openInbox(): (event: string, payload: unknown) => void {
    return openInbox({
      follows: (scope) => this.#greeter.followed.has(scope),
      cursorOf: (scope) => this.replica.scope(scope).cursor,
      commits: (scope, commits) => this.replica.receive(scope, commits, 0),
      pull: (scope) => {
        this.#catchUp.pull(scope);
        this.#turns.schedule();
      },
      live: (message) => this.#events.live(message),
      ended: (ended) => this.#ended(ended),
      groups: (groups) => this.#events.groups(groups),
      scopeFailed: (scope, error) => this.#scopeFailed(scope, error),
    });
  }

  #openDrain(): Drain {
    const deps = {
      outbox: this.replica.outbox,
      scheduler: this.#deps.scheduler,
      allowed: (scope: Scope) => this.time.known && this.replica.scope(scope).cursor !== null,
      freeze: (ops: Parameters<Replica['stored']>[0]) => {
        for (const pending of ops) pending.frozen = true;
      },
    };
    return new Drain(deps, {
      applied: (op) => this.replica.applied(op),
      commits: (scope, commits, headSeq) => {
        if (this.replica.receive(scope, commits, headSeq)) this.#catchUp.pull(scope);
      },
      refused: (op, error) => this.replica.refused(op, error),
      retry: (op, error) => this.replica.retryLater(op, error),
      putOff: (op) => this.replica.reissue(op),
      scopeFailed: (scope, error) => this.#scopeFailed(scope, error),
      linkFailed: (error) => this.#linkFailed(error),
    });
  }

  /** Everything that talks gets the new link, or learns that there is none. */
  #use(link: Link | undefined): void {
    this.#catchUp.use(link);
    this.#probing.use(link);
    this.#greeter.use(link);
    this.#reports.use(link);
    this.#drain.use(link);
    // A replica that knows the server's clock and its scopes need not wait for the greeting's answer.
    this.#drain.pump();
  }

  #scopeFailed(scope: Scope, error: JamzError): void {
    switch (error.code) {
      case 'removed':
      case 'gone':
      case 'forbidden':
      case 'not-found':
      case 'update-needed':
        this.#ended({ scope, code: error.code, message: error.message });
        break;
      default:
        this.#linkFailed(error);
    }
  }

  #ended(ended: EndedScope): void {
    if (ended.code === 'update-needed') {
      this.#halted(new JamzError('update-needed', ended.message));
      return;
    }
    this.#greeter.unfollow(ended.scope);
    this.replica.end(ended.scope, new JamzError(ended.code, ended.message));
    this.#events.ended(ended);
  }

  #linkFailed(error: JamzError): void {
    if (error.code === 'token-expired' || error.code === 'unauthenticated') {
      this.#connection.renew();
    } else if (error.code === 'update-needed') this.#halted(error);
    else this.#connection.drop(error);
  }

  #halted(error: JamzError): void {
    this.#connection.stop();
    this.#use(undefined);
    this.#state.apply('halted', error);
    this.#state.release(error);
    this.#turns.schedule();
  }

  #measured(): void {
    const { offsetMs } = this.time;
    this.#clockOffsetMs = offsetMs;
    if (offsetMs !== null) this.replica.rebase(offsetMs);
    this.#drain.pump();
    this.#turns.schedule();
  }

  /** Once a turn: the state is judged, and whoever looks is told. */
  #endTurn(): void {
    const { scheduler } = this.#deps;
    if (this.#state.judge(this.#inStep(), scheduler.nowMs())) {
      this.counters.synced(scheduler.monotonicMs());
    }
    if (this.#changed.size > 0) {
      const changed = new Set(this.#changed);
      this.#changed.clear();
      for (const scope of changed) this.#followWhatWaits(scope);
      this.#events.changed(changed);
    }
    this.#state.tell({
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
    if (!cursor && pendingCount > 0) this.#greeter.follow(scope);
  }

  #inStep(): boolean {
    if (!this.#greeter.greeted || this.#catchUp.busy || this.replica.pendingCount > 0) return false;
    for (const scope of this.#greeter.followed) {
      if (!this.replica.scope(scope).caughtUp) return false;
    }
    return true;
  }
}

import { BehaviorSubject } from 'rxjs';
import { ServerTime } from '../clock/server-time.ts';
import { JamzError } from '../protocol/errors.ts';
import { newId, type Scope, type UserId } from '../protocol/ids.ts';
import type { OpType, Payloads } from '../protocol/payloads.ts';
import { protocolVersion } from '../protocol/version.ts';
import type {
  CommitsMessage,
  EndedScope,
  HeadsMessage,
  HelloAnswer,
  HelloMessage,
  LiveMessage,
  LiveReport,
  PullAnswer,
  WireGroup,
} from '../protocol/wire.ts';
import type { Journal } from '../store/journal.ts';
import type { Link } from '../transport/link.ts';
import { CatchUp } from './catch-up.ts';
import { Connection, type ConnectionDeps } from './connection.ts';
import { Counters } from './counters.ts';
import { Drain } from './drain.ts';
import { Ledger } from './ledger.ts';
import { initialSyncState, nextSyncState, type SyncEvent, type SyncState } from './machine.ts';
import { Probing } from './probing.ts';
import { readCommits } from './read-commits.ts';
import { Replica, type Submitted } from './replica.ts';
import type { ScopeReplica } from './scope-replica.ts';
import { Stamps } from './stamps.ts';
import { restingStatus, type SyncStatus } from './status.ts';

const answerTimeoutMs = 20_000;

export interface EngineDeps extends Omit<ConnectionDeps, 'token'> {
  readonly userId: UserId;
  readonly token: ConnectionDeps['token'];
  readonly journal: Journal;
  /** Unguessable where the platform can: names replicas and stampers. */
  readonly random: () => number;
}

export interface EngineEvents {
  /** What is shown of these scopes changed; at most once a turn. */
  changed(scopes: ReadonlySet<Scope>): void;
  live(message: LiveMessage): void;
  groups(groups: readonly WireGroup[]): void;
  ended(ended: EndedScope): void;
}

/** Keeps one person's replica in step with the server over whatever links there are. */
export class Engine {
  readonly replica: Replica;
  readonly time: ServerTime;
  readonly counters: Counters = new Counters();
  readonly status$: BehaviorSubject<SyncStatus> = new BehaviorSubject(restingStatus);
  readonly #deps: EngineDeps;
  readonly #events: EngineEvents;
  readonly #ledger: Ledger;
  readonly #connection: Connection;
  readonly #drain: Drain;
  readonly #catchUp: CatchUp;
  readonly #probing: Probing;
  readonly #followed = new Set<Scope>();
  readonly #changed = new Set<Scope>();
  readonly #syncWaiters = new Set<{ resolve(): void; reject(error: JamzError): void }>();
  #state: SyncState = initialSyncState;
  #greeted = false;
  #error: JamzError | null = null;
  #lastSyncedAtMs: number | null = null;
  #storageNote: string | null = null;
  #turnScheduled = false;
  #closed = false;
  #on = true;

  /** Reads the journal; the link is opened by {@link start}. */
  static async open(deps: EngineDeps, events: EngineEvents): Promise<Engine> {
    const contents = await deps.journal.load();
    return new Engine(deps, events, contents);
  }

  private constructor(
    deps: EngineDeps,
    events: EngineEvents,
    contents: Awaited<ReturnType<Journal['load']>>,
  ) {
    const { scheduler } = deps;
    this.#deps = deps;
    this.#events = events;
    this.time = new ServerTime({
      monotonicMs: scheduler.monotonicMs,
      wallMs: scheduler.nowMs,
    });
    this.#ledger = new Ledger(deps.journal, () => newId(deps.random), {
      stored: (ops) => this.replica.stored(ops),
      degraded: (error, replicaId) => {
        this.replica.movedTo(replicaId);
        this.#storageNote = error.message;
        this.#schedule();
      },
    });
    this.replica = new Replica(
      contents,
      {
        userId: deps.userId,
        stamps: new Stamps(newId(deps.random, 8), this.time),
        ledger: this.#ledger,
        scheduler,
        serverNowMs: () => this.time.nowMs(),
        counters: this.counters,
      },
      {
        changed: (scope) => {
          this.#changed.add(scope);
          this.#schedule();
        },
        sendable: () => this.#drain.pump(),
      },
    );
    this.#catchUp = new CatchUp({
      cursorOf: (scope) => this.replica.scope(scope).cursor,
      commits: (scope, commits, headSeq) => this.replica.receive(scope, commits, headSeq),
      snapshot: (scope, state, cursor) => this.replica.replace(scope, state, cursor),
      failed: (scope, error) => this.#scopeFailed(scope, error),
      settled: () => {
        this.#drain.pump();
        this.#schedule();
      },
    });
    this.#drain = new Drain(
      {
        outbox: this.replica.outbox,
        scheduler,
        allowed: (scope) => this.time.known && this.replica.scope(scope).cursor !== null,
        freeze: (ops) => {
          for (const pending of ops) pending.frozen = true;
        },
      },
      {
        applied: (op) => this.replica.applied(op),
        commits: (scope, commits, headSeq) => {
          if (this.replica.receive(scope, commits, headSeq)) this.#catchUp.pull(scope);
        },
        refused: (op, error) => this.replica.refused(op, error),
        retry: (op, error) => this.replica.retryLater(op, error),
        putOff: (op) => this.replica.reissue(op),
        scopeFailed: (scope, error) => this.#scopeFailed(scope, error),
        linkFailed: (error) => this.#linkFailed(error),
      },
    );
    this.#probing = new Probing(this.time, scheduler, {
      measured: () => this.#measured(),
      dead: (error) => this.#linkFailed(error),
    });
    this.#connection = new Connection(deps, {
      opened: (link) => this.#opened(link),
      message: (event, payload) => this.#message(event, payload),
      lost: (error, serverFailed) => this.#lost(error, serverFailed),
      halted: (error) => this.#halted(error),
    });
  }

  start(): void {
    if (this.#on) this.#connection.start();
    this.#schedule();
  }

  /** Keeps a scope in step from now on. */
  follow(scope: Scope): ScopeReplica {
    const known = this.#followed.has(scope);
    this.#followed.add(scope);
    const replica = this.replica.scope(scope);
    if (!known && this.#greeted) this.#followNow(scope);
    return replica;
  }

  submit<Type extends OpType>(scope: Scope, type: Type, payload: Payloads[Type]): Submitted {
    const submitted = this.replica.submit(scope, type, payload);
    this.#schedule();
    return submitted;
  }

  /** Latest-only: dropped where there is no link. */
  report(report: LiveReport): void {
    this.#connection.link?.request('live', report, answerTimeoutMs).catch(() => {});
  }

  /** The host's own switch. */
  switch(on: boolean): void {
    if (on === this.#on) return;
    this.#on = on;
    if (on) {
      this.#apply('resumed');
      this.#connection.start();
      return;
    }
    this.#connection.stop();
    this.#unlinked();
    this.#apply('link-lost');
  }

  /** Resolves when SYNCED; tries at once. */
  syncNow(): Promise<void> {
    if (this.#state === 'SYNCED') {
      this.#probing.check();
      return Promise.resolve();
    }
    if (!this.#on) return Promise.reject(new JamzError('unavailable', 'Sync is switched off.'));
    const done = new Promise<void>((resolve, reject) => {
      this.#syncWaiters.add({ resolve, reject });
    });
    this.#connection.retryNow();
    this.#connection.start();
    return done;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#connection.dispose();
    this.#unlinked();
    this.#release(new JamzError('unavailable', 'This replica was closed.'));
    await this.#ledger.close();
    this.status$.complete();
  }

  #opened(link: Link): void {
    this.counters.linkUp(this.#deps.scheduler.monotonicMs());
    this.#catchUp.use(link);
    this.#probing.use(link);
    this.#drain.use(link);
    const hello: HelloMessage = {
      version: protocolVersion,
      replicaId: this.replica.replicaId,
      scopes: [...this.#followed].map((scope) => ({
        scope,
        cursor: this.replica.scope(scope).cursor,
      })),
    };
    link.request<HelloAnswer>('hello', hello, answerTimeoutMs).then(
      (answer) => this.#helloed(answer, link),
      (error: unknown) => {
        if (this.#connection.link !== link) return;
        this.#linkFailed(
          error instanceof JamzError ? error : new JamzError('internal', String(error)),
        );
      },
    );
    // A replica that knows the server's clock and its scopes need not wait for the greeting's answer.
    this.#drain.pump();
  }

  #helloed(answer: HelloAnswer, link: Link): void {
    if (this.#connection.link !== link) return;
    this.#connection.confirmed();
    this.#greeted = true;
    this.#error = null;
    this.#apply('opened');
    this.#events.groups(answer.groups);
    for (const pull of answer.pulls) this.#catchUp.take(pull);
    for (const ended of answer.ended) this.#ended(ended);
    for (const live of answer.live) this.#events.live(live);
    const answered = new Set([...answer.pulls, ...answer.ended].map(({ scope }) => scope));
    for (const scope of this.#followed) if (!answered.has(scope)) this.#followNow(scope);
    this.#drain.pump();
  }

  #followNow(scope: Scope): void {
    const link = this.#connection.link;
    if (!link) return;
    const message = { scope, cursor: this.replica.scope(scope).cursor };
    link.request<PullAnswer & { live: LiveMessage }>('follow', message, answerTimeoutMs).then(
      (answer) => {
        if (this.#connection.link !== link) return;
        this.#catchUp.take(answer);
        this.#events.live(answer.live);
      },
      (error: unknown) => {
        if (this.#connection.link !== link || !(error instanceof JamzError)) return;
        this.#scopeFailed(scope, error);
      },
    );
    this.#schedule();
  }

  #message(event: string, payload: unknown): void {
    switch (event) {
      case 'commits':
        this.#commits(payload as CommitsMessage);
        return;
      case 'live':
        this.#events.live(payload as LiveMessage);
        return;
      case 'heads':
        this.#heads(payload as HeadsMessage);
        return;
      case 'ended':
        this.#ended(payload as EndedScope);
        return;
      case 'groups':
        this.#events.groups(payload as readonly WireGroup[]);
        return;
      default:
        // A newer server may say things that this version has no use for.
        return;
    }
  }

  #commits({ scope, commits }: CommitsMessage): void {
    if (!this.#followed.has(scope)) return;
    try {
      if (this.replica.receive(scope, readCommits(commits), 0)) this.#catchUp.pull(scope);
    } catch (error) {
      if (!(error instanceof JamzError)) throw error;
      this.#scopeFailed(scope, error);
    }
  }

  #heads(heads: HeadsMessage): void {
    for (const [scope, generation, seq] of heads) {
      if (!this.#followed.has(scope)) continue;
      const { cursor } = this.replica.scope(scope);
      if (!cursor || cursor[0] !== generation || cursor[1] < seq) this.#catchUp.pull(scope);
    }
    this.#schedule();
  }

  #ended(ended: EndedScope): void {
    if (ended.code === 'update-needed') {
      this.#halted(new JamzError('update-needed', ended.message));
      return;
    }
    this.#followed.delete(ended.scope);
    this.replica.end(ended.scope, new JamzError(ended.code, ended.message));
    this.#events.ended(ended);
  }

  #scopeFailed(scope: Scope, error: JamzError): void {
    switch (error.code) {
      case 'removed':
      case 'gone':
      case 'forbidden':
      case 'not-found':
      case 'update-needed':
        this.#ended({ scope, code: error.code, message: error.message });
        return;
      default:
        this.#linkFailed(error);
        return;
    }
  }

  #linkFailed(error: JamzError): void {
    if (error.code === 'token-expired' || error.code === 'unauthenticated') {
      this.#connection.renew();
      return;
    }
    if (error.code === 'update-needed') {
      this.#halted(error);
      return;
    }
    this.#connection.drop(error);
  }

  #measured(): void {
    const { offsetMs, roundTripMs } = this.time;
    if (offsetMs !== null) this.replica.rebase(offsetMs);
    this.#drain.pump();
    this.status$.next({ ...this.status$.value, clockOffsetMs: offsetMs, roundTripMs });
    this.#schedule();
  }

  #lost(error: JamzError, serverFailed: boolean): void {
    this.#unlinked();
    this.#error = serverFailed ? error : null;
    this.#apply(serverFailed ? 'server-failed' : 'link-lost');
    this.#release(error);
  }

  #halted(error: JamzError): void {
    this.#connection.stop();
    this.#unlinked();
    this.#error = error;
    this.#apply('halted');
    this.#release(error);
  }

  #unlinked(): void {
    this.#greeted = false;
    this.#drain.use(undefined);
    this.#catchUp.use(undefined);
    this.#probing.use(undefined);
  }

  #release(error?: JamzError): void {
    for (const waiter of this.#syncWaiters) {
      if (error) waiter.reject(error);
      else waiter.resolve();
    }
    this.#syncWaiters.clear();
  }

  #apply(event: SyncEvent): void {
    this.#state = nextSyncState(this.#state, event);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#turnScheduled || this.#closed) return;
    this.#turnScheduled = true;
    queueMicrotask(() => {
      this.#turnScheduled = false;
      if (!this.#closed) this.#endTurn();
    });
  }

  /** Once a turn: the state is judged, and whoever looks is told. */
  #endTurn(): void {
    const before = this.#state;
    this.#state = nextSyncState(before, this.#inStep() ? 'caught-up' : 'behind');
    if (this.#state === 'SYNCED') {
      this.#lastSyncedAtMs = this.#deps.scheduler.nowMs();
      if (before !== 'SYNCED') this.counters.synced(this.#deps.scheduler.monotonicMs());
      this.#release();
    }
    if (this.#changed.size > 0) {
      const changed = new Set(this.#changed);
      this.#changed.clear();
      this.#events.changed(changed);
    }
    this.#tell();
  }

  #inStep(): boolean {
    if (!this.#greeted || this.#catchUp.busy || this.replica.pendingCount > 0) return false;
    for (const scope of this.#followed) if (!this.replica.scope(scope).caughtUp) return false;
    return true;
  }

  #tell(): void {
    const last = this.status$.value;
    const next: SyncStatus = {
      ...last,
      state: this.#state,
      pending: this.replica.pendingCount,
      setAside: this.replica.setAside.length,
      lastSyncedAt: this.#lastSyncedAtMs,
      nextRetryAt: this.#connection.nextRetryAtMs,
      error: this.#error && { code: this.#error.code, message: this.#error.message },
      storage: this.#ledger.kind,
      storageNote: this.#storageNote,
    };
    for (const key of Object.keys(next) as (keyof SyncStatus)[]) {
      if (next[key] !== last[key]) {
        this.status$.next(next);
        return;
      }
    }
  }
}

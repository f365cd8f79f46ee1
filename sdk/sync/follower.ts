import { ServerTime } from '../clock/server-time.ts';
import { decodeSnapshot } from '../merge/decode-snapshot.ts';
import { JamzError } from '../protocol/errors.ts';
import { newId, type OpId, type Scope, type UserId } from '../protocol/ids.ts';
import type { OpType, Payloads } from '../protocol/payloads.ts';
import type { LiveReport } from '../protocol/wire.ts';
import type { Journal, JournalContents } from '../store/journal.ts';
import { Counters } from './counters.ts';
import { LeaderTime } from './leader-time.ts';
import { Ledger } from './ledger.ts';
import { LocalCheck } from './local-check.ts';
import { readJournal } from './open-journal.ts';
import { toEntry } from './pending-op.ts';
import { Replica, type Submitted } from './replica.ts';
import type { Scheduler } from './scheduler.ts';
import type { ScopeReplica } from './scope-replica.ts';
import { Stamps } from './stamps.ts';
import type { SyncStatus } from './status.ts';
import type { EngineEvents, SyncEngine } from './sync-engine.ts';
import { SyncStateTeller } from './sync-state.ts';
import type { TabMessage, TabPort, TabState } from './tabs.ts';
import { Turns } from './turns.ts';

export interface FollowerDeps {
  readonly userId: UserId;
  readonly journal: Journal;
  readonly scheduler: Scheduler;
  readonly random: () => number;
  readonly tabs: TabPort;
}

/**
 * A tab beside the one that leads: its ops go into the journal and are told to the leader; what it shows is what the
 * leader folds, and its own ops on top.
 */
export class Follower implements SyncEngine {
  readonly replica: Replica;
  readonly time: ServerTime;
  readonly counters: Counters = new Counters();
  readonly status$: SyncStateTeller['status$'];
  readonly #deps: FollowerDeps;
  readonly #events: EngineEvents;
  readonly #ledger: Ledger;
  readonly #state = new SyncStateTeller(false);
  readonly #changed = new Set<Scope>();
  readonly #followed = new Set<Scope>();
  readonly #check = new LocalCheck();
  readonly #turns = new Turns(() => this.#endTurn());
  readonly #silence: () => void;
  /** What the journal had when this tab opened, until the leader has told what it has: it may have gone in between. */
  readonly #unsure: Map<OpId, Scope>;
  readonly #leaderTime: LeaderTime;

  static async open(deps: FollowerDeps, events: EngineEvents): Promise<Follower> {
    return new Follower(deps, events, await readJournal(deps.journal));
  }

  private constructor(deps: FollowerDeps, events: EngineEvents, contents: JournalContents) {
    const { scheduler, userId, random, tabs } = deps;
    this.#deps = deps;
    this.#events = events;
    this.status$ = this.#state.status$;
    this.time = new ServerTime({
      monotonicMs: scheduler.monotonicMs,
      wallMs: scheduler.nowMs,
    });
    this.#leaderTime = new LeaderTime({ time: this.time, scheduler, tabs }, () => this.#learned());
    this.#ledger = new Ledger(deps.journal, undefined, () => newId(random), {
      stored: (ops) => this.replica.stored(ops),
      // Without a disk that tabs share there is nobody to follow.
      degraded: () => events.deposed?.(),
      deposed: () => {},
    });
    this.replica = new Replica(
      contents,
      {
        userId,
        stamps: new Stamps(newId(random, 8), this.time),
        ledger: this.#ledger,
        scheduler,
        serverNowMs: () => this.time.nowMs(),
        counters: this.counters,
        check: this.#check,
      },
      {
        changed: (scope) => {
          this.#changed.add(scope);
          this.#turns.schedule();
        },
        sendable() {},
        relay: {
          queued: (ops) => tabs.post({ kind: 'queued', entries: ops.map(toEntry) }),
          folded() {},
          replaced() {},
          rewritten() {},
          applied() {},
          setAside() {},
          left() {},
        },
      },
    );
    this.#unsure = new Map(contents.outbox.map(({ op, scope }) => [op.opId, scope]));
    this.#silence = tabs.listen((message) => this.#heard(message));
  }

  get term(): number | undefined {
    return this.#ledger.term;
  }

  start(): void {
    this.#check.load();
    this.#introduce();
  }

  follow(scope: Scope): ScopeReplica {
    this.#followed.add(scope);
    this.#deps.tabs.post({ kind: 'follow', scope });
    this.#want(scope);
    const replica = this.replica.scope(scope);
    this.counters.lookedUp(replica.cursor !== null, scope);
    return replica;
  }

  submit<Type extends OpType>(scope: Scope, type: Type, payload: Payloads[Type]): Submitted {
    return this.replica.submit(scope, type, payload);
  }

  report(report: LiveReport): void {
    this.#deps.tabs.post({ kind: 'report', report });
  }

  switch(on: boolean): void {
    this.#deps.tabs.post({ kind: 'switch', on });
  }

  async syncNow(): Promise<void> {
    if (this.status$.value.state === 'SYNCED') return;
    const synced = this.#state.nextSynced();
    this.#deps.tabs.post({ kind: 'sync-now' });
    await synced;
  }

  retry(opId: OpId): void {
    this.#deps.tabs.post({ kind: 'retry', opId });
  }

  discard(opId: OpId): void {
    this.#deps.tabs.post({ kind: 'discard', opId });
  }

  async close(): Promise<void> {
    this.#silence();
    this.#turns.close();
    this.#state.close(new JamzError('unavailable', 'This replica was closed.'));
    await this.#ledger.close();
  }

  #heard(message: TabMessage): void {
    switch (message.kind) {
      case 'queued':
        for (const entry of message.entries) this.replica.adopt(entry);
        break;
      case 'leads':
        this.#introduce();
        break;
      case 'status':
        this.#follow(message.status);
        break;
      case 'time-is':
        this.#leaderTime.answered(message);
        break;
      case 'folded':
        if (this.replica.receive(message.scope, message.commits, 0)) this.#want(message.scope);
        break;
      case 'replaced':
        this.#want(message.scope);
        break;
      case 'state':
        this.#stand(message);
        break;
      case 'rewritten': {
        const { entry } = message;
        const pending = this.replica.scope(entry.scope).find(entry.op.opId);
        if (pending) this.replica.verdicts.rewrite(pending, entry);
        break;
      }
      case 'applied': {
        const pending = this.replica.scope(message.scope).find(message.opId);
        if (!pending) break;
        pending.stage = 'acked';
        this.replica.verdicts.applied(pending);
        break;
      }
      case 'set-aside': {
        const pending = this.replica.scope(message.scope).find(message.opId);
        if (pending)
          this.replica.verdicts.refused(pending, new JamzError(message.code, message.message));
        break;
      }
      case 'left':
        this.replica.forget(message.scope, message.opId);
        break;
      case 'live':
        this.#events.live(message.message);
        break;
      case 'groups':
        this.#events.groups(message.groups);
        break;
      case 'ended': {
        const { scope, code, message: text } = message.ended;
        this.replica.end(scope, new JamzError(code, text));
        this.#events.ended(message.ended);
        break;
      }
      // The rest is told by followers only.
    }
  }

  /** Tells a leader that is new, or new to this tab, who is here and what is looked at. */
  #introduce(): void {
    this.#deps.tabs.post({ kind: 'who' });
    for (const scope of this.#followed) this.follow(scope);
  }

  /** Where the leader stands: all in one turn, so that nothing that waits leaves the screen with what was confirmed. */
  #stand({ scope, cursor, json, waiting }: TabState): void {
    const { replica } = this;
    if (json !== undefined) replica.replace(scope, decodeSnapshot(scope, json), cursor, json);
    const told = new Set(waiting.map(({ op }) => op.opId));
    for (const [opId, where] of this.#unsure) {
      if (where !== scope) continue;
      this.#unsure.delete(opId);
      if (!told.has(opId)) replica.forget(scope, opId);
    }
    // A leader before this one may have set it aside in memory alone: nobody could retry or discard it here.
    for (const { op, scope: where } of replica.setAside) {
      if (where === scope && !told.has(op.opId)) replica.forget(scope, op.opId);
    }
    for (const entry of waiting) {
      const pending = replica.scope(scope).find(entry.op.opId);
      if (!pending) replica.adopt(entry);
      else if (entry.setAside) {
        const { code, message } = entry.setAside;
        replica.verdicts.refused(pending, new JamzError(code, message));
      }
    }
  }

  #want(scope: Scope): void {
    const { cursor } = this.replica.scope(scope);
    this.#deps.tabs.post({ kind: 'want', scope, cursor });
  }

  #follow(status: SyncStatus): void {
    this.#leaderTime.measured(status.clockOffsetMs);
    this.status$.next({ ...status, leader: false, clockOffsetMs: this.time.offsetMs });
    if (status.state === 'SYNCED') this.#state.release();
    else if (status.error) {
      this.#state.release(new JamzError(status.error.code, status.error.message));
    }
  }

  #learned(): void {
    const { offsetMs } = this.time;
    const { clockOffsetMs } = this.status$.value;
    if (clockOffsetMs === null && offsetMs !== null) this.replica.rebase(offsetMs);
    this.status$.next({ ...this.status$.value, clockOffsetMs: offsetMs });
  }

  #endTurn(): void {
    const changed = new Set(this.#changed);
    this.#changed.clear();
    if (changed.size > 0) this.#events.changed(changed);
    const { pendingCount, setAside } = this.replica;
    const last = this.status$.value;
    if (last.pending !== pendingCount || last.setAside !== setAside.length) {
      const state = last.state === 'SYNCED' && pendingCount > 0 ? 'SYNCING' : last.state;
      this.status$.next({ ...last, state, pending: pendingCount, setAside: setAside.length });
    }
  }
}

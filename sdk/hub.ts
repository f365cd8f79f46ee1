import type { Sent } from './api.ts';
import type { EndedMemory } from './ended-memory.ts';
import type { ScopeState } from './merge/states.ts';
import { JamzError } from './protocol/errors.ts';
import type { OpId, Scope, UserId } from './protocol/ids.ts';
import type { OpType, Payloads } from './protocol/payloads.ts';
import type { EndedScope, LiveReport } from './protocol/wire.ts';
import type { Changes } from './streams/view.ts';
import type { Settlement } from './sync/settlement.ts';
import type { SyncEngine } from './sync/sync-engine.ts';

/**
 * Where streams and commands meet whichever engine is at work: streams outlive sign-in and sign-out, engines do not.
 */
export class Hub {
  readonly #listeners = new Map<Scope | 'all', Set<{ change(): void; end(): void }>>();
  readonly #ended = new Map<Scope, EndedScope>();
  readonly #wanted = new Set<Scope>();
  #engine: SyncEngine | undefined;
  #userId: UserId | undefined;
  #closed = false;
  readonly #memory: EndedMemory | undefined;

  /** @param memory of the scopes that are over; without it nothing is known of them after a reload */
  constructor(memory?: EndedMemory) {
    this.#memory = memory;
  }

  get engine(): SyncEngine | undefined {
    return this.#engine;
  }

  get userId(): UserId | undefined {
    return this.#userId;
  }

  /** An engine takes over, or none is left: everything is looked at anew. */
  attach(engine: SyncEngine | undefined, userId: UserId | undefined): void {
    this.#engine = engine;
    this.#userId = userId;
    this.#ended.clear();
    for (const scope of this.#wanted) this.#follow(scope);
    this.#tellEverybody();
  }

  /** A stream of this scope exists, or its person has come back to it: the engine keeps it in step. */
  want(scope: Scope): void {
    const hadEnded = this.#ended.delete(scope);
    this.#wanted.add(scope);
    if (hadEnded && this.#userId) this.#memory?.forget(this.#userId, scope);
    this.#follow(scope);
    if (hadEnded) this.changed(new Set([scope]));
  }

  /** What is shown of a scope; undefined until something is known of it. */
  state(scope: Scope): ScopeState | undefined {
    const replica = this.#engine?.replica.scope(scope);
    if (!replica || (!replica.cursor && replica.pendingCount === 0)) return undefined;
    return replica.shown;
  }

  ended(scope: Scope): EndedScope | undefined {
    return this.#ended.get(scope);
  }

  endedNow(ended: EndedScope): void {
    this.#ended.set(ended.scope, ended);
    if (this.#userId) this.#memory?.keep(this.#userId, ended);
    this.changed(new Set([ended.scope]));
  }

  changed(scopes: ReadonlySet<Scope>): void {
    for (const scope of scopes) this.#letInAgain(scope);
    for (const scope of scopes) for (const listener of this.#on(scope)) listener.change();
    for (const listener of this.#on('all')) listener.change();
  }

  serverNow(): number {
    return this.#engine?.time.nowMs() ?? Date.now();
  }

  changes(scope: Scope | 'all'): Changes {
    return (change, end) => {
      if (this.#closed) {
        end();
        return () => {};
      }
      const listener = { change, end };
      this.#on(scope).add(listener);
      return () => this.#on(scope).delete(listener);
    };
  }

  send<Type extends OpType>(scope: Scope, type: Type, payload: Payloads[Type]): Sent {
    if (!this.#engine) return refuse(new JamzError('unauthenticated', 'Sign in first.'));
    const { opId, settlement } = this.#engine.submit(scope, type, payload);
    return new SentOp(opId, settlement);
  }

  report(report: LiveReport): void {
    this.#engine?.report(report);
  }

  close(): void {
    this.#closed = true;
    const all = [...this.#listeners.values()].flatMap((listeners) => [...listeners]);
    this.#listeners.clear();
    for (const listener of all) listener.end();
  }

  /** The server is asked, and what an earlier visit learnt is shown until it answers. */
  #follow(scope: Scope): void {
    const userId = this.#userId;
    this.#engine?.follow(scope);
    if (!this.#engine || !userId) return;
    const show = (ended: EndedScope | undefined): void => {
      if (!ended || this.#userId !== userId || this.#ended.has(scope)) return;
      this.#ended.set(scope, ended);
      this.changed(new Set([scope]));
    };
    this.#memory?.recall(userId, scope).then(show, () => {});
  }

  /** Something is known of a scope that was over. */
  #letInAgain(scope: Scope): void {
    if (!this.#ended.has(scope) || !this.#engine?.replica.scope(scope).cursor) return;
    this.#ended.delete(scope);
    if (this.#userId) this.#memory?.forget(this.#userId, scope);
  }

  #on(scope: Scope | 'all'): Set<{ change(): void; end(): void }> {
    let listeners = this.#listeners.get(scope);
    if (!listeners) {
      listeners = new Set();
      this.#listeners.set(scope, listeners);
    }
    return listeners;
  }

  #tellEverybody(): void {
    for (const listeners of [...this.#listeners.values()]) {
      for (const listener of [...listeners]) listener.change();
    }
  }
}

/** A class: a getter of each literal's own would be most of what a tap leaves behind. */
class SentOp implements Sent {
  readonly opId: OpId;
  readonly #settlement: Settlement;

  constructor(opId: OpId, settlement: Settlement) {
    this.opId = opId;
    this.#settlement = settlement;
  }

  get acked(): Promise<void> {
    return this.#settlement.acked;
  }
}

/** A command that cannot be taken at all. */
export function refuse(error: JamzError): Sent {
  const acked = Promise.reject(error);
  acked.catch(() => {});
  return { opId: '', acked };
}

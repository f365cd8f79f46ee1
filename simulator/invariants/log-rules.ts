import { emptyState, foldCommit } from '../../sdk/merge/fold.ts';
import type { ScopeState } from '../../sdk/merge/states.ts';
import { opsOf } from '../../sdk/protocol/codec.ts';
import { parseHlc } from '../../sdk/protocol/hlc.ts';
import type { OpId, Scope } from '../../sdk/protocol/ids.ts';
import type { Base, Op } from '../../sdk/protocol/ops.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import type { Generation } from '../../server/ports/store.ts';
import { countsUpTo } from '../../server/sync/generations.ts';
import { epochMs } from '../world/epoch.ts';
import { plainCodec } from '../world/plain-codec.ts';
import type { Book, Deed } from './book.ts';
import type { Breach } from './violation.ts';

/** What a log came to at one of its places. */
interface Past {
  readonly seq: number;
  readonly state: ScopeState;
  readonly hash: string;
  readonly atMs: number;
}

/** What one log came to, folded here once more from its first op. */
export interface Told {
  state: ScopeState;
  generation: number;
  seq: number;
  hash: string;
  atMs: number;
  /** `<seq> <hash>` of every place that was ever the log's end, also of those that were cut out since. */
  readonly ends: Set<string>;
  /** What it came to after each commit that it has now. */
  readonly past: Past[];
  /** The same of those that were cut out of it. */
  readonly cut: Past[];
  /** Where each generation left the ones before. */
  readonly forks: Generation[];
  /** Where older copies ended that took its place without a generation of their own: two logs went by one name. */
  readonly putBacks: { readonly generation: number; readonly seq: number }[];
  /** The highest stamp that decides anything, up to each place. */
  readonly highest: string[];
  /** When the last commit that ended a membership became durable, virtual ms. */
  endedMs: number;
}

/** The furthest that a stamp may lie before the op was made: half of what a slow link hides, and the server's own error. */
const stampLateMs = 60_000;
const stampEarlyMs = 62_000;

const endings: ReadonlySet<string> = new Set(['members.leave', 'members.remove', 'group.delete']);

/** Kinds whose winner is told by stamps. */
const stamped = /^(playback|repeat|shuffle|group|places|messages|reactions|profile)\./;

/** Watches what becomes durable. */
export class LogRules {
  readonly logs: Map<Scope, Told> = new Map();
  readonly #book: Book;
  readonly #breach: Breach;
  readonly #places = new Map<OpId, number>();
  /** `<scope> <replica> <number>` → op. */
  readonly #numbers = new Map<string, OpId>();
  /** What a winding back took out of its log. */
  readonly #cut = new Set<OpId>();
  /** `<scope> <replica> <number>` → when it was refused for good, virtual ms. */
  readonly #refused = new Map<string, number>();

  constructor(book: Book, breach: Breach) {
    this.#book = book;
    this.#breach = breach;
  }

  log(scope: Scope): Told {
    let told = this.logs.get(scope);
    if (!told) {
      const state = emptyState(scope);
      told = {
        state,
        generation: 1,
        seq: 0,
        hash: '',
        atMs: 0,
        ends: new Set(),
        past: [],
        cut: [],
        forks: [],
        putBacks: [],
        highest: [''],
        endedMs: 0,
      };
      this.logs.set(scope, told);
    }
    return told;
  }

  /** The op that the log has under a number. */
  opAt(scope: Scope, replicaId: string, number: number): OpId | undefined {
    return this.#numbers.get(`${scope} ${replicaId} ${number}`);
  }

  has(opId: OpId): boolean {
    return this.#places.has(opId);
  }

  refused(scope: Scope, replicaId: string, number: number, nowMs: number): void {
    this.#refused.set(`${scope} ${replicaId} ${number}`, nowMs);
  }

  committed(scope: Scope, commit: Commit, nowMs: number): void {
    const told = this.log(scope);
    const ops = opsOf(commit);
    if (commit.seq !== told.seq + 1 || ops.length !== commit.count || commit.count < 1) {
      const place = `${commit.seq} with ${ops.length} of ${commit.count} ops after ${told.seq}`;
      this.#breach('dense log', `${scope}: ${place}`);
      return;
    }
    if (commit.generation !== told.generation) {
      const { seq, generation } = commit;
      this.#breach('dense log', `${scope} ${seq}: of ${generation}, not of ${told.generation}`);
    }
    const hash = plainCodec.sha256Hex(told.hash + JSON.stringify(commit.runs)).slice(0, 16);
    if (hash !== commit.hash) this.#breach('dense log', `${scope} ${commit.seq}: not chained`);
    if (commit.atMs < told.atMs) this.#breach('dense log', `${scope} ${commit.seq}: time ran back`);
    for (const [index, op] of ops.entries()) this.#take(scope, told, op, commit.seq + index, nowMs);
    if (ops.some(({ type }) => endings.has(type))) told.endedMs = nowMs;
    told.state = foldCommit(told.state, commit);
    told.seq = commit.seq + commit.count - 1;
    told.hash = commit.hash;
    told.atMs = commit.atMs;
    told.ends.add(`${told.seq} ${commit.hash}`);
    const { state, seq, atMs } = told;
    told.past.push({ state, seq, hash: commit.hash, atMs });
  }

  /** Whether a log ever ended there, with that hash. */
  wasEnd(scope: Scope, seq: number, hash: string): boolean {
    return this.log(scope).ends.has(`${seq} ${hash}`);
  }

  /** What a log came to at a place that was cut out of it since; a page that has not heard of that stands there. */
  cutStateAt(scope: Scope, seq: number, hash: string): ScopeState | undefined {
    return this.log(scope).cut.find((past) => past.seq === seq && past.hash === hash)?.state;
  }

  /** Whether a log has an op, or had it before it was cut out. */
  wasIn(opId: OpId): boolean {
    return this.#places.has(opId) || this.#cut.has(opId);
  }

  /** Whether an op was made on top of what was cut out of a log and may yet come back. */
  mayWait(scope: Scope, { generation, seq }: Base): boolean {
    const told = this.log(scope);
    if (generation === told.generation) return false;
    const since = told.forks.filter((fork) => fork.generation > generation);
    const countedSeq = countsUpTo(since, told, generation);
    if (seq < countedSeq) return false;
    // What lies between the deepest cut and one that gave up what came after is wanted. One that went no deeper than those before it has taken nothing more of that generation.
    return since.every(
      ({ rejoin, forkedAtSeq }, at) =>
        rejoin ||
        forkedAtSeq > countedSeq ||
        since.slice(0, at).some((before) => before.forkedAtSeq <= forkedAtSeq),
    );
  }

  /** A log was wound back, and goes on in a new generation. */
  woundBack(scope: Scope, fork: Generation): void {
    const told = this.log(scope);
    if (fork.forkedAtSeq > told.seq || fork.generation <= told.generation) {
      const { generation, forkedAtSeq } = fork;
      this.#breach('dense log', `${scope}: generation ${generation} forks at ${forkedAtSeq}`);
    }
    this.#cutBehind(scope, told, fork.forkedAtSeq, fork.rejoin);
    if (told.hash !== fork.hash) this.#breach('dense log', `${scope}: forks off the chain`);
    told.generation = fork.generation;
    told.forks.push(fork);
  }

  /** An older copy took the store's place. */
  wasPutBack(scope: Scope, seq: number): void {
    const told = this.log(scope);
    told.putBacks.push({ generation: told.generation, seq });
    this.#cutBehind(scope, told, seq, true);
  }

  #cutBehind(scope: Scope, told: Told, toSeq: number, isWanted: boolean): void {
    told.cut.push(...told.past.filter((past) => past.seq > toSeq));
    while ((told.past.at(-1)?.seq ?? 0) > toSeq) told.past.pop();
    const { state, seq, hash, atMs } = told.past.at(-1) ?? {
      ...{ state: emptyState(scope), seq: 0, hash: '', atMs: 0 },
    };
    Object.assign(told, { state, seq, hash, atMs });
    told.highest.splice(seq + 1);
    for (const [key, opId] of [...this.#numbers]) {
      if (!key.startsWith(`${scope} `) || (this.#places.get(`${scope} ${opId}`) ?? 0) <= seq)
        continue;
      this.#numbers.delete(key);
      this.#places.delete(`${scope} ${opId}`);
      this.#places.delete(opId);
      this.#cut.add(opId);
      const deed = this.#book.find(opId);
      if (deed) this.#book.cutOut(deed, isWanted && !hasMissedGivingUp(deed, told.forks));
    }
  }

  #take(scope: Scope, told: Told, op: Op, seq: number, nowMs: number): void {
    const key = `${scope} ${op.replicaId} ${op.number}`;
    const name = `${op.opId} (${op.type}, ${op.replicaId} ${op.number})`;
    const placed = `${scope} ${op.opId}`;
    if (op.replicaId !== 'server' && this.#places.has(placed)) {
      this.#breach('applied once', `${name} at ${seq} and at ${this.#places.get(placed)}`);
    }
    if (this.#numbers.has(key)) this.#breach('applied once', `${name}: its number is in already`);
    if (this.#refused.has(key)) this.#breach('refused stays refused', name);
    this.#places.set(placed, seq);
    this.#places.set(op.opId, seq);
    this.#numbers.set(key, op.opId);
    const seen = told.highest[seenUpTo(told, op.base)] ?? '';
    if (op.replicaId !== 'server' && op.stamp <= seen) {
      this.#breach('stamps follow what was seen', `${name}: ${op.stamp} is not above ${seen}`);
    }
    const counted = countsUpTo(told.forks, told, op.base.generation);
    if (op.replicaId !== 'server' && op.base.seq > counted) {
      const { generation, seq: base } = op.base;
      this.#breach('bases count', `${name}: based on ${base} of ${generation}, of ${counted}`);
    }
    if (this.#book.find(op.opId)?.gone === 'given up') {
      this.#breach('given up stays away', `${name} is in the log again at ${seq}`);
    }
    const before = told.highest.at(-1) ?? '';
    // What follows the log alone leaves no stamp in the state that a snapshot could hand on.
    const isHigher = op.stamp > before && stamped.test(op.type);
    told.highest.push(isHigher ? op.stamp : before);
    const deed = this.#book.find(op.opId);
    if (!deed) return;
    deed.seq = seq;
    const { wallMs } = parseHlc(op.stamp);
    const madeMs = epochMs + deed.madeMs;
    const jumped = deed.phone.clock.lastJumpMs > deed.madeMs;
    if (wallMs > epochMs + nowMs + stampEarlyMs || (!jumped && wallMs < madeMs - stampLateMs)) {
      this.#breach(
        'stamps tell the time',
        `${name}: stamped ${Math.round(wallMs - madeMs)} ms off`,
      );
    }
  }
}

/**
 * The last place of this log that who made an op on that base has surely seen. Where an older copy had taken its
 * place, others may have written there what that base's number does not mean.
 */
function seenUpTo({ highest, putBacks }: Told, { generation, seq }: Base): number {
  const unsure = putBacks.filter((older) => older.generation >= generation);
  return Math.min(seq, highest.length - 1, ...unsure.map((older) => older.seq));
}

/**
 * Whether its phone has yet to hear of a winding back that gave up what it cut, and does not know of the op that it was
 * on this side of that cut: then it does not bring it back.
 */
function hasMissedGivingUp({ phone, scope, ids }: Deed, forks: readonly Generation[]): boolean {
  const { folds, acked } = phone.disk.contents;
  const [heard = 0] = phone.engine?.replica.scope(scope).cursor ?? folds.get(scope)?.cursor ?? [];
  const unheard = forks.filter(({ generation, rejoin }) => !rejoin && generation > heard);
  const keptSeq = Math.min(...unheard.map(({ forkedAtSeq }) => forkedAtSeq));
  const isThisSide = acked.some(
    (own) =>
      ids.has(own.op.opId) && own.scope === scope && own.generation === heard && own.seq <= keptSeq,
  );
  return unheard.length > 0 && !isThisSide;
}

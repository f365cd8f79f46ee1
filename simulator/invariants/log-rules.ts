import { emptyState, foldCommit } from '../../sdk/merge/fold.ts';
import type { ScopeState } from '../../sdk/merge/states.ts';
import { opsOf } from '../../sdk/protocol/codec.ts';
import { parseHlc } from '../../sdk/protocol/hlc.ts';
import type { OpId, Scope } from '../../sdk/protocol/ids.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import { epochMs } from '../world/epoch.ts';
import { plainCodec } from '../world/plain-codec.ts';
import type { Book } from './book.ts';
import type { Breach } from './violation.ts';

/** What one log came to, folded here once more from its first op. */
export interface Told {
  state: ScopeState;
  generation: number;
  seq: number;
  hash: string;
  atMs: number;
  /** Place of a commit's last op → its hash. */
  readonly hashes: Map<number, string>;
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
        hashes: new Map(),
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
    const hash = plainCodec.sha256Hex(told.hash + JSON.stringify(commit.runs)).slice(0, 16);
    if (hash !== commit.hash) this.#breach('dense log', `${scope} ${commit.seq}: not chained`);
    if (commit.atMs < told.atMs) this.#breach('dense log', `${scope} ${commit.seq}: time ran back`);
    for (const [index, op] of ops.entries()) this.#take(scope, told, op, commit.seq + index, nowMs);
    if (ops.some(({ type }) => endings.has(type))) told.endedMs = nowMs;
    told.state = foldCommit(told.state, commit);
    told.generation = commit.generation;
    told.seq = commit.seq + commit.count - 1;
    told.hash = commit.hash;
    told.atMs = commit.atMs;
    told.hashes.set(told.seq, commit.hash);
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
    const seen = told.highest[Math.min(op.base.seq, told.highest.length - 1)] ?? '';
    if (op.replicaId !== 'server' && op.stamp <= seen) {
      this.#breach('stamps follow what was seen', `${name}: ${op.stamp} is not above ${seen}`);
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

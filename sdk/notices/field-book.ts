import type { ScopeState } from '../merge/states.ts';
import { toOp } from '../protocol/codec.ts';
import { compareHlc, type Hlc } from '../protocol/hlc.ts';
import type { OpId, UserId } from '../protocol/ids.ts';
import type { Base, Op } from '../protocol/ops.ts';
import type { Commit } from '../protocol/wire.ts';
import {
  type Fields,
  removedBy,
  type Subject,
  standing,
  watchedTypes,
  writtenBy,
} from './field-writes.ts';
import type { OvertakenField } from './notice.ts';

/** A write of this device's own that the log has, with the fields of it that nobody has overtaken so far. */
export interface OwnWrite {
  readonly opId: OpId;
  readonly subject: Subject;
  readonly fields: Fields;
  readonly stamp: Hlc;
  /** Where the log has it; after a snapshot, where that ends. */
  readonly at: Base;
}

/** What became of a write: somebody's who had not seen it stands in its place, or what it was written to is gone. */
export interface Overtaken {
  readonly kind: 'overtaken' | 'removed';
  readonly write: OwnWrite;
  readonly fields: readonly OvertakenField[];
  readonly by: UserId | null;
}

/** What the confirmed state of a scope took in. */
export interface Taken {
  /** Null for a snapshot. */
  readonly commits: readonly Commit[] | null;
  /** Own ops that the state now contains. */
  readonly own: readonly Op[];
  /** The state with all of it in, and where it ends. */
  readonly state: ScopeState;
  readonly end: Base;
}

/** So many writes are remembered of a scope. */
const maxWrites = 100;

/**
 * Remembers the fields that this device wrote in one scope, and finds those that a concurrent write, or a removal,
 * overtook. Concurrent: the later one in the log was made without the earlier one in its base.
 */
export class FieldBook {
  #writes: readonly OwnWrite[];
  /** Subject and field → whose write stands, of what was seen since this page opened. */
  readonly #writers = new Map<string, { readonly stamp: Hlc; readonly by: UserId }>();

  constructor(writes: readonly OwnWrite[] = []) {
    this.#writes = writes;
  }

  /** What has to be kept over a reload; another array whenever it changed. */
  get writes(): readonly OwnWrite[] {
    return this.#writes;
  }

  take({ commits, own, state, end }: Taken): readonly Overtaken[] {
    const lost: Overtaken[] = [];
    const fresh = new Set<OpId>();
    if (commits === null) this.#forgetUnclear(state);
    const ops = commits === null ? own.map((op) => [op, end] as const) : watched(commits);
    // A long catch-up is mostly what is not looked at here.
    const ownIds = new Set(ops.length > 0 ? own.map(({ opId }) => opId) : []);
    for (const [op, at] of ops) {
      if (ownIds.has(op.opId)) {
        fresh.add(op.opId);
        this.#remember(op, at);
      } else lost.push(...this.#foreign(op));
    }
    // What was in the log already when an own op came, with a stamp above its own, its writer cannot have seen.
    for (const write of this.#writes.filter(({ opId }) => fresh.has(opId))) {
      const loss = this.#beaten(write, state);
      if (loss) lost.push(loss);
    }
    return lost;
  }

  #remember(op: Op, at: Base): void {
    const gone = removedBy(op);
    if (gone) this.#writes = this.#writes.filter(({ subject }) => subject !== gone);
    const written = writtenBy(op);
    if (!written) return;
    const { subject, fields } = written;
    // A later write of one's own takes the earlier one's place.
    this.#forget(subject, Object.keys(fields));
    const write = { opId: op.opId, subject, fields, stamp: op.stamp, at };
    this.#writes = [...this.#writes, write].slice(-maxWrites);
  }

  #foreign(op: Op): readonly Overtaken[] {
    const gone = removedBy(op);
    if (gone) {
      const mine = this.#writes.filter(({ subject }) => subject === gone);
      if (mine.length > 0) this.#writes = this.#writes.filter(({ subject }) => subject !== gone);
      return mine
        .filter(({ at }) => !covers(op.base, at))
        .map((write) => ({ kind: 'removed', write, fields: lostTo(write, {}), by: op.authorId }));
    }
    const written = writtenBy(op);
    if (!written) return [];
    const { subject, fields } = written;
    for (const field in fields) this.#note(`${subject} ${field}`, op);
    // As a rule this device has written nothing that others could overtake.
    if (this.#writes.length === 0) return [];
    const mine = this.#writes.filter((write) => write.subject === subject);
    return mine.flatMap((write): readonly Overtaken[] => {
      const both = Object.keys(fields).filter((field) => field in write.fields);
      const seen = covers(op.base, write.at);
      const isLater = subject.startsWith('member:') || compareHlc(op.stamp, write.stamp) > 0;
      if (both.length === 0 || (!seen && !isLater)) return [];
      this.#forget(subject, both);
      const differing = both.filter((field) => fields[field] !== write.fields[field]);
      if (seen || differing.length === 0) return [];
      const lost = lostTo(write, fields).filter(({ field }) => differing.includes(field));
      return [{ kind: 'overtaken', write, fields: lost, by: op.authorId }];
    });
  }

  #beaten(write: OwnWrite, state: ScopeState): Overtaken | undefined {
    const now = standing(state, write.subject);
    const beaten = lostTo(write, now?.fields ?? {}).filter(({ field }) => {
      const stamp = now?.stamps[field];
      return stamp !== undefined && compareHlc(stamp, write.stamp) > 0;
    });
    const [first] = beaten;
    if (!now || !first) return undefined;
    this.#forget(
      write.subject,
      beaten.map(({ field }) => field),
    );
    const fields = beaten.filter(({ mine, theirs }) => mine !== theirs);
    if (fields.length === 0) return undefined;
    const writer = this.#writers.get(`${write.subject} ${first.field}`);
    const by = writer && writer.stamp === now.stamps[first.field] ? writer.by : null;
    return { kind: 'overtaken', write, fields, by };
  }

  /** A snapshot does not say what the writer of what stands had seen: of an older write nothing is claimed. */
  #forgetUnclear(state: ScopeState): void {
    for (const { subject, fields, stamp } of this.#writes) {
      const now = standing(state, subject);
      const other = Object.keys(fields).filter((field) =>
        now?.stamps[field] ? now.stamps[field] !== stamp : now?.fields[field] !== fields[field],
      );
      this.#forget(subject, other);
    }
  }

  #forget(subject: Subject, fields: readonly string[]): void {
    if (fields.length === 0) return;
    this.#writes = this.#writes.flatMap((write) => {
      if (write.subject !== subject) return [write];
      const kept = Object.entries(write.fields).filter(([field]) => !fields.includes(field));
      return kept.length === 0 ? [] : [{ ...write, fields: Object.fromEntries(kept) }];
    });
  }

  #note(key: string, { stamp, authorId: by }: Op): void {
    const known = this.#writers.get(key);
    if (!known || compareHlc(stamp, known.stamp) > 0) this.#writers.set(key, { stamp, by });
  }
}

/** Only the ops that matter here are unpacked: a long catch-up is mostly other things. */
function watched(commits: readonly Commit[]): readonly (readonly [Op, Base])[] {
  const found: (readonly [Op, Base])[] = [];
  for (const { generation, seq: first, runs } of commits) {
    let seq = first;
    for (const run of runs) {
      for (const wire of run.ops) {
        if (watchedTypes.has(wire[4])) found.push([toOp(run, wire), { generation, seq }]);
        seq += 1;
      }
    }
  }
  return found;
}

function covers(base: Base, at: Base): boolean {
  return base.generation === at.generation ? base.seq >= at.seq : base.generation > at.generation;
}

function lostTo({ fields }: OwnWrite, theirs: Fields): readonly OvertakenField[] {
  return Object.entries(fields).map(([field, mine]) => ({
    field,
    mine,
    theirs: theirs[field] ?? null,
  }));
}

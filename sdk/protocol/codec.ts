import { clockCounterOf, formatHlc, type Hlc, parseHlc, wallMsOf } from './hlc.ts';
import type { Op } from './ops.ts';
import type { Commit, NumberRanges, Run, WireOp } from './wire.ts';

/** Packs ops, in the order given, into as few runs as their writers, stampers, bases and versions allow. */
export function toRuns(ops: readonly Op[]): Run[] {
  const runs: (Omit<Run, 'ops'> & { ops: WireOp[] })[] = [];
  let open: (Omit<Run, 'ops'> & { ops: WireOp[] }) | undefined;
  for (const op of ops) {
    const { stamp } = op;
    const isOfStamper = open && stamp.startsWith(open.stamperId, 15);
    if (
      !open ||
      open.replicaId !== op.replicaId ||
      open.authorId !== op.authorId ||
      !isOfStamper ||
      stamp.length !== 15 + open.stamperId.length ||
      open.version !== op.version ||
      open.base[0] !== op.base.generation ||
      open.base[1] !== op.base.seq
    ) {
      open = {
        replicaId: op.replicaId,
        authorId: op.authorId,
        stamperId: parseHlc(stamp).stamper,
        version: op.version,
        base: [op.base.generation, op.base.seq],
        ops: [],
      };
      runs.push(open);
    }
    const opCounter = Number(op.opId.slice(op.opId.lastIndexOf('-') + 1));
    open.ops.push([
      op.number,
      opCounter,
      wallMsOf(stamp),
      clockCounterOf(stamp),
      op.type,
      op.payload,
    ]);
  }
  return runs;
}

/** One wire op as its run says it. The payload has been through its schema, here or at the server. */
export function toOp(run: Run, wire: WireOp): Op {
  const [number, counter, wallMs, clockCounter, type, payload] = wire;
  return {
    type,
    payload,
    opId: `${run.stamperId}-${counter}`,
    number,
    replicaId: run.replicaId,
    authorId: run.authorId,
    stamp: stampOf(run, wallMs, clockCounter),
    base: { generation: run.base[0], seq: run.base[1] },
    version: run.version,
  } as Op;
}

function stampOf(run: Run, wallMs: number, clockCounter: number): Hlc {
  return formatHlc(wallMs, clockCounter, run.stamperId);
}

/** The ops of a commit in log order; the first stands at `commit.seq`. */
export function opsOf(commit: Pick<Commit, 'runs'>): Op[] {
  const ops: Op[] = [];
  for (const run of commit.runs) for (const wire of run.ops) ops.push(toOp(run, wire));
  return ops;
}

/** Ascending numbers as inclusive ranges. Keeps the order given: `[5, 6, 2]` is `[[5, 6], [2, 2]]`. */
export function toRanges(numbers: Iterable<number>): NumberRanges {
  const ranges: [number, number][] = [];
  let last: [number, number] | undefined;
  for (const number of numbers) {
    if (last && number === last[1] + 1) last[1] = number;
    else {
      last = [number, number];
      ranges.push(last);
    }
  }
  return ranges;
}

export function* numbersIn(ranges: NumberRanges): Generator<number> {
  for (const [from, to] of ranges) for (let number = from; number <= to; number++) yield number;
}

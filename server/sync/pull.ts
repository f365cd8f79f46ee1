import { firstFoldVersion } from '../../sdk/merge/snapshot-versions.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type {
  ChunkMessage,
  Commit,
  Cursor,
  PullAnswer,
  PullMessage,
  Rewound,
} from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import { type AccessRow, rowForEvent } from '../access/table.ts';
import type { Clock } from '../ports/clock.ts';
import type { LogsStore, StoredSnapshot } from '../ports/store.ts';
import { type Audience, audienceOf } from './audience.ts';
import { createClaims } from './claims.ts';
import { countsUpTo, wantedUpTo } from './generations.ts';
import type { ScopeLogs } from './scope-logs.ts';
import type { Snapshots } from './snapshots.ts';
import { cursorOf, type View } from './view.ts';

/** A tail longer than this is worth a snapshot instead, where that is smaller. */
const longTailOps = 2_000;
/** What an op weighs on the wire, deflated as snapshots are, for comparing the two. */
const typicalOpBytes = 40;
/** Ops in one answer, before the replica is asked to pull again. */
const maxTailOps = 5_000;
const commitsPerRead = 250;

export interface PullsDeps {
  readonly store: LogsStore;
  readonly logs: ScopeLogs;
  readonly snapshots: Snapshots;
  readonly clock: Clock;
}

/** Brings replicas to a log's end: by its tail, or by a snapshot and what came after. */
export interface Pulls {
  /** @param row the door they come through; default `pull`. @throws {JamzError} as {@link ScopeLogs.admit} */
  pull(actor: Actor, message: PullMessage, row?: AccessRow): Promise<PullAnswer<Uint8Array>>;
  /**
   * The next piece of a snapshot that `pull` began.
   *
   * @throws {JamzError} `not-found` once it is no longer kept: pull again; `invalid` for an offset beyond its end
   */
  chunk(actor: Actor, message: ChunkMessage): Promise<Uint8Array>;
}

export function createPulls({ store, logs, snapshots, clock }: PullsDeps): Pulls {
  const pullRow = rowForEvent('pull');
  const chunkRow = rowForEvent('chunk');
  const heedClaim = createClaims(logs, store.log, clock);

  const isOnChain = async ({ scope, cursor }: PullMessage, view: View): Promise<boolean> => {
    if (!cursor) return false;
    const [generation, seq, hash] = cursor;
    // Also who stands before the place where the log went back to has to learn of it: it takes no commits of another generation.
    if (generation !== view.generation) return false;
    if (seq === view.seq) return hash === view.hash;
    if (seq === 0 || seq > view.seq) return false;
    const known = await store.log.endingAt(scope, seq);
    return known?.hash === hash;
  };

  const tailAfter = async (scope: PullMessage['scope'], seq: number): Promise<Commit[]> => {
    const tail: Commit[] = [];
    let opCount = 0;
    while (tail.length < limits.maxPullCommits && opCount < maxTailOps) {
      const after = tail.at(-1);
      const from = after ? after.seq + after.count - 1 : seq;
      const commits = await store.log.read(scope, from, commitsPerRead);
      for (const commit of commits) {
        tail.push(commit);
        opCount += commit.count;
        if (opCount >= maxTailOps) break;
      }
      if (commits.length < commitsPerRead) break;
    }
    return tail;
  };

  const rewoundSince = (generation: number, view: View): Rewound => {
    const toSeq = countsUpTo(view.forks, view, generation);
    const resendUpTo = wantedUpTo(view.forks, generation, clock.nowMs());
    const resend = resendUpTo === Number.POSITIVE_INFINITY;
    return resend || resendUpTo <= toSeq ? { toSeq, resend } : { toSeq, resend, resendUpTo };
  };

  const answerWithSnapshot = async (
    { scope, cursor: from, fold = firstFoldVersion }: PullMessage,
    view: View,
    audience: Audience | undefined,
  ): Promise<PullAnswer<Uint8Array>> => {
    const reader = { ...audience, fold };
    const snapshot = await snapshots.recent(scope, view, reader);
    const { cursor, foldVersion, bytes } = snapshot;
    if (bytes.byteLength > limits.snapshotChunkBytes) snapshots.lease(scope, snapshot, reader);
    return {
      scope,
      head: cursorOf(view),
      snapshot: { cursor, foldVersion, totalBytes: bytes.byteLength },
      chunk: bytes.subarray(0, limits.snapshotChunkBytes),
      commits: cursor[1] === view.seq ? [] : await tailAfter(scope, cursor[1]),
      ...(from && from[0] < view.generation && { rewound: rewoundSince(from[0], view) }),
    };
  };

  return {
    async pull(actor, message, row = pullRow) {
      const { scope, cursor } = message;
      const view = await heedClaim(scope, cursor, await logs.admit(actor, row, scope));
      const head = cursorOf(view);
      if (view.seq === 0 && isAtStart(cursor, view)) return { scope, head, commits: [] };
      const seq = cursor?.[1] ?? 0;
      if (isOfThisStay(actor, view, seq) && (await isOnChain(message, view))) {
        if (!isSnapshotCheaper(view.seq - seq, snapshots.cached(scope))) {
          const commits = seq === view.seq ? [] : await tailAfter(scope, seq);
          // Another process may have trimmed it since it was looked up.
          if (commits.length === 0 || commits[0]?.seq === seq + 1) return { scope, head, commits };
        }
      }
      return answerWithSnapshot(message, view, audienceOf(view, actor.userId));
    },

    async chunk(actor, { scope, cursor, offset, fold = firstFoldVersion }) {
      const view = await logs.admit(actor, chunkRow, scope);
      const reader = { ...audienceOf(view, actor.userId), fold };
      const snapshot = await snapshots.at(scope, cursor, reader);
      if (!snapshot) {
        throw new JamzError('not-found', 'This snapshot is no longer kept: pull again');
      }
      if (offset >= snapshot.bytes.byteLength) {
        throw new JamzError('invalid', `The snapshot has ${snapshot.bytes.byteLength} bytes`);
      }
      return snapshot.bytes.subarray(offset, offset + limits.snapshotChunkBytes);
    },
  };
}

/** Who was at the start of an older generation has to learn of this one, like everybody who was of it. */
function isAtStart(cursor: Cursor | null, { generation }: View): boolean {
  return cursor === null || (cursor[1] === 0 && cursor[0] === generation);
}

/** Who left and came back does not get what was said in between: a cursor from before the join counts for nothing. */
function isOfThisStay({ userId }: Actor, { state }: View, seq: number): boolean {
  if (state.kind === 'user') return true;
  return seq >= (state.members.present.get(userId)?.incarnation ?? 0);
}

function isSnapshotCheaper(tailOps: number, snapshot: StoredSnapshot | undefined): boolean {
  if (tailOps <= longTailOps) return false;
  return !snapshot || snapshot.bytes.byteLength < tailOps * typicalOpBytes;
}

import type { ErrorCode } from './errors.ts';
import type { FileId, GroupId, ReplicaId, Scope, StamperId, UserId } from './ids.ts';
import type { LiveMessage } from './live-report.ts';
import type { Role } from './payloads.ts';

export type {
  DeviceWord,
  Fix,
  LiveEntry,
  LiveMessage,
  LiveReport,
  SharingMode,
  Visit,
} from './live-report.ts';

/**
 * One op on the wire: `[number, op counter, wall ms, clock counter, type, payload]`.
 * With its run's `stamperId` these give the op id (`<stamper>-<op counter>`) and the stamp.
 */
export type WireOp = readonly [
  number: number,
  counter: number,
  wallMs: number,
  clockCounter: number,
  type: string,
  payload: unknown,
];

/** Neighbouring ops of one writer that share everything but their own figures. */
export interface Run {
  readonly replicaId: ReplicaId;
  readonly authorId: UserId;
  readonly stamperId: StamperId;
  readonly version: number;
  /** `[generation, seq]` that the writer had seen. */
  readonly base: readonly [generation: number, seq: number];
  readonly ops: readonly WireOp[];
}

/** Inclusive ranges of op numbers, ascending: `[[1, 40], [42, 42]]`. */
export type NumberRanges = readonly (readonly [from: number, to: number])[];

/** Stands in a commit's place for ops that its receiver sent itself, in the order given. */
export interface OwnRun {
  readonly own: NumberRanges;
}

/** A batch of ops as the log keeps it: `seq` is the place of its first op, the others follow densely. */
export interface Commit {
  readonly generation: number;
  readonly seq: number;
  readonly count: number;
  /** Server's time, ms since 1970; never runs backwards within a log. */
  readonly atMs: number;
  /** Chains to the commit before: first 16 hex digits of SHA-256 over the previous hash and this commit's runs. */
  readonly hash: string;
  readonly runs: readonly Run[];
}

export interface AckedCommit extends Omit<Commit, 'runs'> {
  readonly runs: readonly (Run | OwnRun)[];
}

/** A place on the chain: everything up to and including `seq` is folded. Null stands for "nothing yet". */
export type Cursor = readonly [generation: number, seq: number, hash: string];

export interface PushMessage {
  readonly scope: Scope;
  /** Echoed in the answer. */
  readonly batch: number;
  /** Where the replica stands: ops of one that is off the log's chain are not looked at until it has pulled. */
  readonly cursor?: Cursor;
  readonly runs: readonly Run[];
}

/** `[number, code, message]`. */
export type WireRefusal = readonly [number: number, code: ErrorCode, message: string];

export interface PushAnswer {
  readonly scope: Scope;
  readonly batch: number;
  /** In the log, now or long ago. */
  readonly applied: NumberRanges;
  /** Final: asked again, the answer is the same. */
  readonly refused: readonly WireRefusal[];
  /** This op may pass later; spends one attempt, unless the code is `unavailable`, as after a restore. */
  readonly retry: readonly WireRefusal[];
  /** Nothing was looked at, because the cursor is not on the log's chain: pull, then push again. */
  readonly pullFirst?: true;
  /**
   * The commit that took this push's ops; empty where everything was known, or where the answer to an earlier push over
   * this link has told it: pushes of one link may share a commit, and all their ops are `own` in it.
   */
  readonly commits: readonly AckedCommit[];
  readonly head: Cursor;
}

export interface PullMessage {
  readonly scope: Scope;
  readonly cursor: Cursor | null;
  /** Version of the fold in which the replica reads snapshots; absent: the first that was released. */
  readonly fold?: number;
}

/** Bytes; base64 (RFC 4648) wherever they cross a network, whose messages are all text. */
export type WireBytes = string | Uint8Array;

/** A folded prefix of a log. Its bytes follow in chunks: deflated JSON of `sdk/merge/snapshot.ts`. */
export interface SnapshotHeader {
  readonly cursor: Cursor;
  readonly foldVersion: number;
  readonly totalBytes: number;
  /** How the bytes are packed; absent: raw deflate (RFC 1951). */
  readonly encoding?: 'json';
}

/** @typeParam Bytes what the snapshot's bytes are on this side of the network */
export type PullAnswer<Bytes extends WireBytes = WireBytes> =
  | {
      readonly scope: Scope;
      readonly head: Cursor;
      readonly commits: readonly Commit[];
      readonly snapshot?: undefined;
    }
  | {
      readonly scope: Scope;
      readonly head: Cursor;
      readonly snapshot: SnapshotHeader;
      /** The snapshot's first bytes; all of them when `byteLength` equals `totalBytes`. */
      readonly chunk: Bytes;
      /** What came after the snapshot. */
      readonly commits: readonly Commit[];
      /** Only where the cursor is of an older generation: the log was wound back since. */
      readonly rewound?: Rewound;
    };

/** What became of a log since the replica last heard of it. */
export interface Rewound {
  /** Up to here the cursor's generation is still part of the log: older bases count no further. */
  readonly toSeq: number;
  /** Whether the replica's acknowledged ops that the log now lacks are wanted back. */
  readonly resend: boolean;
  /**
   * Where not all of them are: those that stood up to here in the cursor's generation are. What stood behind that was
   * given up.
   */
  readonly resendUpTo?: number;
}

export interface ChunkMessage {
  readonly scope: Scope;
  readonly cursor: Cursor;
  readonly offset: number;
  /** As the pull that began it. */
  readonly fold?: number;
}

export interface WireUser {
  readonly id: UserId;
  readonly name: string;
  readonly guest: boolean;
  readonly email?: string;
  /** With `email`: whether a mail to it has reached the person. */
  readonly emailVerified?: boolean;
}

/** One sign-in of the person who asks. */
export interface WireDevice {
  readonly id: string;
  /** Browser and system, coarse, as `Firefox on Android`; the server's words, in English. */
  readonly name: string;
  readonly createdAtMs: number;
  /** When its sign-in was last renewed. */
  readonly lastUsedAtMs: number;
  /** The one that asks. */
  readonly current: boolean;
}

/** A group the signed-in person is in, as lists show it. */
export interface WireGroup {
  readonly id: GroupId;
  readonly name: string;
  readonly role: Role;
  readonly memberCount: number;
  readonly photoFileId?: FileId | null;
}

/** First message on a socket: who, what this replica follows, and where it stands. */
export interface HelloMessage {
  readonly version: number;
  readonly replicaId: ReplicaId;
  /** Scopes to follow from now on, with the cursor each has. */
  readonly scopes: readonly PullMessage[];
}

/** A scope that cannot be followed any more, and why. */
export interface EndedScope {
  readonly scope: Scope;
  readonly code: 'removed' | 'gone' | 'forbidden' | 'not-found' | 'update-needed';
  readonly message: string;
}

export interface HelloAnswer {
  readonly serverVersion: number;
  readonly user: WireUser;
  readonly groups: readonly WireGroup[];
  readonly pulls: readonly PullAnswer[];
  readonly ended: readonly EndedScope[];
  /** Positions known now, of all scopes followed. */
  readonly live: readonly LiveMessage[];
}

/** Broadcast to everyone who follows the scope, but for the writers' own sockets. */
export interface CommitsMessage {
  readonly scope: Scope;
  readonly commits: readonly Commit[];
}

/** In every ping, so that a lost last broadcast is noticed: `[scope, generation, seq]`. */
export type HeadsMessage = readonly (readonly [scope: Scope, generation: number, seq: number])[];

/** Any failure as it crosses the wire; also the body of `application/problem+json`. */
export interface WireError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterMs?: number;
}

/** Every acknowledged socket event answers with one of these. */
export type Answer<T> = { readonly ok: T } | { readonly error: WireError };

/** Body of `POST /v1/sync`: the socket's push and pull in one request. Snapshots come as base64 in `chunk`. */
export interface SyncRequest {
  readonly version: number;
  readonly replicaId: ReplicaId;
  readonly push: readonly PushMessage[];
  readonly pull: readonly PullMessage[];
}

/**
 * Socket events, replica to server. Each is answered through its acknowledgement with an {@link Answer}.
 *
 * - `time` [t0 ms] → `[t1 ms, t2 ms]`: received and answered, by the server's clock
 * - `hello` {@link HelloMessage} → {@link HelloAnswer}
 * - `follow` {@link PullMessage} → {@link PullAnswer} & `{ live }`; `unfollow` {scope}
 * - `push` {@link PushMessage} → {@link PushAnswer}
 * - `pull` {@link PullMessage} → {@link PullAnswer}
 * - `chunk` {@link ChunkMessage} → {@link WireBytes}
 * - `live` {@link LiveReport} → null
 * - `token` {token} → null: renews the identity in band
 *
 * Server to replica: `commits` {@link CommitsMessage}, `live` {@link LiveMessage}, `heads` {@link HeadsMessage}
 * (every 10 s), `ended` {@link EndedScope}, `groups` {@link WireGroup}[], `bye` {@link WireError} before a
 * disconnect that the server decided.
 */
export const socketPath = '/v1/socket';

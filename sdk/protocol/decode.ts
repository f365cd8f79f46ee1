import {
  ackedRuns,
  committedRuns,
  idOf,
  listOf,
  malformed,
  maxSafe,
  pushedRuns,
  recordOf,
  shaped,
  versionOf,
  whole,
} from './decode-runs.ts';
import { type Decoded, decoded } from './decoded.ts';
import { JamzError } from './errors.ts';
import { type Scope, scopeShape } from './ids.ts';
import { limits } from './limits.ts';
import { between, matching } from './shapes.ts';
import type {
  AckedCommit,
  ChunkMessage,
  Commit,
  Cursor,
  HelloMessage,
  PullMessage,
  PushMessage,
  SyncRequest,
  WireRefusal,
} from './wire.ts';

export { decodeLiveReport } from './decode-live-report.ts';
export type { Decoded } from './decoded.ts';

/** A push whose ops are sound; `refused` names those that were left out, each with its final reason. */
export interface DecodedPush extends PushMessage {
  readonly refused: readonly WireRefusal[];
}

export interface DecodedSyncRequest extends Omit<SyncRequest, 'push'> {
  readonly push: readonly DecodedPush[];
}

/** Server: ops from a replica. A bad payload costs its op alone; broken structure costs the batch. */
export function decodePush(input: unknown): Decoded<DecodedPush> {
  return decoded(() => pushOf(input));
}

/** Server: a cursor and the scope it belongs to. */
export function decodePull(input: unknown): Decoded<PullMessage> {
  return decoded(() => pullOf(input));
}

/** Server: the first message on a socket. */
export function decodeHello(input: unknown): Decoded<HelloMessage> {
  return decoded(() => {
    const hello = recordOf(input, 'hello');
    return {
      version: versionOf(hello['version']),
      replicaId: idOf(hello['replicaId'], 'replicaId'),
      scopes: atMost(limits.maxScopes, hello['scopes'], 'scopes').map(pullOf),
    };
  });
}

/** Server: the next piece of a snapshot. */
export function decodeChunk(input: unknown): Decoded<ChunkMessage> {
  return decoded(() => {
    const chunk = recordOf(input, 'chunk');
    const offset = whole(chunk['offset'], 0, maxSafe, 'offset');
    return {
      scope: scopeOf(chunk['scope']),
      cursor: cursorIn(chunk['cursor']),
      offset,
      ...foldOf(chunk),
    };
  });
}

/** Server: the body of `POST /v1/sync`. */
export function decodeSyncRequest(input: unknown): Decoded<DecodedSyncRequest> {
  return decoded(() => {
    const request = recordOf(input, 'request');
    return {
      version: versionOf(request['version']),
      replicaId: idOf(request['replicaId'], 'replicaId'),
      push: atMost(limits.maxScopes, request['push'], 'push').map(pushOf),
      pull: atMost(limits.maxScopes, request['pull'], 'pull').map(pullOf),
    };
  });
}

/** Replica: a commit from the server. An op type or version unknown here gives `update-needed`: halt, never skip. */
export function decodeCommit(input: unknown): Decoded<Commit> {
  return decoded(() => {
    const commit = recordOf(input, 'commit');
    const header = commitHeaderOf(commit);
    const runs = committedRuns(commit['runs']);
    const count = runs.reduce((sum, run) => sum + run.ops.length, 0);
    if (count !== header.count) throw malformed('count', 'must be the number of its ops');
    return { ...header, runs };
  });
}

/** Replica: a commit in the answer to its own push, with its own ops named instead of told. */
export function decodeAckedCommit(input: unknown): Decoded<AckedCommit> {
  return decoded(() => {
    const commit = recordOf(input, 'commit');
    return { ...commitHeaderOf(commit), runs: ackedRuns(commit['runs']) };
  });
}

function pushOf(input: unknown): DecodedPush {
  const push = recordOf(input, 'push');
  return {
    scope: scopeOf(push['scope']),
    batch: whole(push['batch'], 0, maxSafe, 'batch'),
    ...(push['cursor'] !== undefined && { cursor: cursorIn(push['cursor']) }),
    ...pushedRuns(push['runs']),
  };
}

function pullOf(input: unknown): PullMessage {
  const pull = recordOf(input, 'pull');
  return {
    scope: scopeOf(pull['scope']),
    cursor: cursorOf(pull['cursor']),
    ...foldOf(pull),
  };
}

function foldOf({ fold }: Readonly<Record<string, unknown>>): Pick<PullMessage, 'fold'> {
  return fold === undefined ? {} : { fold: whole(fold, 1, maxSafe, 'fold') };
}

function cursorIn(input: unknown): Cursor {
  const cursor = cursorOf(input);
  if (cursor === null) throw malformed('cursor', 'must be a generation, a sequence and a hash');
  return cursor;
}

function commitHeaderOf(commit: Readonly<Record<string, unknown>>): Omit<Commit, 'runs'> {
  const { generation, seq, count, atMs, hash } = commit;
  return {
    generation: whole(generation, 0, maxSafe, 'generation'),
    seq: whole(seq, 1, maxSafe, 'seq'),
    count: whole(count, 1, maxSafe, 'count'),
    atMs: shaped(msShape, atMs, 'atMs'),
    hash: shaped(hashShape, hash, 'hash'),
  };
}

function cursorOf(input: unknown): Cursor | null {
  if (input === null) return null;
  const [generation, seq, hash, ...rest] = listOf(input, 'cursor');
  if (rest.length > 0) throw malformed('cursor', 'must be a generation, a sequence and a hash');
  return [
    whole(generation, 0, maxSafe, 'generation'),
    whole(seq, 0, maxSafe, 'seq'),
    shaped(hashShape, hash, 'hash'),
  ];
}

function scopeOf(input: unknown): Scope {
  return shaped(scopeShape, input, 'scope');
}

function atMost(most: number, input: unknown, name: string): readonly unknown[] {
  const list = listOf(input, name);
  if (list.length <= most) return list;
  throw new JamzError('too-large', `“${name}” holds at most ${most}: send fewer at once.`);
}

const msShape = between(0, 1e14);
/** Hex; empty stands at the beginning of a log. */
const hashShape = matching(/^[0-9a-f]{0,64}$/, 'a hash in hex');

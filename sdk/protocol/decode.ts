import * as v from 'valibot';
import {
  ackedRuns,
  committedRuns,
  idOf,
  listOf,
  malformed,
  maxSafe,
  pushedRuns,
  recordOf,
  versionOf,
  whole,
} from './decode-runs.ts';
import { JamzError } from './errors.ts';
import { idSchema, type Scope, scopeSchema } from './ids.ts';
import { limits } from './limits.ts';
import type {
  AckedCommit,
  ChunkMessage,
  Commit,
  Cursor,
  Fix,
  HelloMessage,
  LiveReport,
  PullMessage,
  PushMessage,
  SyncRequest,
  WireRefusal,
} from './wire.ts';

/** What came over the wire, checked; or why it cannot be used: `invalid`, `too-large` or `update-needed`. */
export type Decoded<T> =
  | { readonly ok: T; readonly error?: undefined }
  | { readonly error: JamzError; readonly ok?: undefined };

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

/** Server: one device's position. Whether it is from the future is for the use case to say. */
export function decodeLiveReport(input: unknown): Decoded<LiveReport> {
  return decoded(() => parsed(liveReportSchema, input, 'live'));
}

/** Server: the next piece of a snapshot. */
export function decodeChunk(input: unknown): Decoded<ChunkMessage> {
  return decoded(() => {
    const chunk = recordOf(input, 'chunk');
    const cursor = cursorOf(chunk['cursor']);
    if (cursor === null) throw malformed('cursor', 'a generation, a sequence and a hash');
    const offset = whole(chunk['offset'], 0, maxSafe, 'offset');
    return { scope: scopeOf(chunk['scope']), cursor, offset };
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
    if (count !== header.count) throw malformed('count', 'the number of its ops');
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
    ...pushedRuns(push['runs']),
  };
}

function pullOf(input: unknown): PullMessage {
  const pull = recordOf(input, 'pull');
  return { scope: scopeOf(pull['scope']), cursor: cursorOf(pull['cursor']) };
}

function commitHeaderOf(commit: Readonly<Record<string, unknown>>): Omit<Commit, 'runs'> {
  const { generation, seq, count, atMs, hash } = commit;
  return {
    generation: whole(generation, 0, maxSafe, 'generation'),
    seq: whole(seq, 1, maxSafe, 'seq'),
    count: whole(count, 1, maxSafe, 'count'),
    atMs: parsed(msSchema, atMs, 'atMs'),
    hash: parsed(hashSchema, hash, 'hash'),
  };
}

function cursorOf(input: unknown): Cursor | null {
  if (input === null) return null;
  const [generation, seq, hash, ...rest] = listOf(input, 'cursor');
  if (rest.length > 0) throw malformed('cursor', 'a generation, a sequence and a hash');
  return [
    whole(generation, 0, maxSafe, 'generation'),
    whole(seq, 0, maxSafe, 'seq'),
    parsed(hashSchema, hash, 'hash'),
  ];
}

function scopeOf(input: unknown): Scope {
  const scope = v.safeParse(scopeSchema, input);
  if (scope.success) return scope.output;
  throw malformed('scope', '“g:” and a group id, or “u:” and a user id');
}

function atMost(most: number, input: unknown, name: string): readonly unknown[] {
  const list = listOf(input, name);
  if (list.length <= most) return list;
  throw new JamzError('too-large', `“${name}” holds at most ${most}: send fewer at once.`);
}

const msSchema = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1e14));
/** Hex; empty stands at the beginning of a log. */
const hashSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{0,64}$/));
const within = (least: number, most: number) =>
  v.pipe(v.number(), v.finite(), v.minValue(least), v.maxValue(most));

const fixSchema: v.GenericSchema<unknown, Fix> = v.object({
  lat: within(-90, 90),
  lng: within(-180, 180),
  accuracyM: within(0, 1e6),
  headingDeg: v.exactOptional(within(0, 360)),
  speedMps: v.exactOptional(within(0, 1_000)),
  atMs: msSchema,
});

const liveReportSchema: v.GenericSchema<unknown, LiveReport> = v.object({
  scope: scopeSchema,
  deviceId: idSchema,
  mode: v.picklist(['precise', 'coarse', 'off']),
  fix: v.nullable(fixSchema),
});

function parsed<T>(schema: v.GenericSchema<unknown, T>, input: unknown, name: string): T {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  const where = path === null ? name : `${name} ${path}`;
  throw new JamzError('invalid', `Malformed message: “${where}”: ${issue.message.slice(0, 200)}`);
}

function decoded<T>(decode: () => T): Decoded<T> {
  try {
    return { ok: decode() };
  } catch (error) {
    if (error instanceof JamzError) return { error };
    throw error;
  }
}

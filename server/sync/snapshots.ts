import { foldVersion } from '../../sdk/merge/fold.ts';
import { encodeSnapshot } from '../../sdk/merge/snapshot.ts';
import { inFoldVersion } from '../../sdk/merge/snapshot-versions.ts';
import type { ScopeState } from '../../sdk/merge/states.ts';
import { visibleTo } from '../../sdk/merge/visible.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Cursor } from '../../sdk/protocol/wire.ts';
import type { Clock } from '../ports/clock.ts';
import type { Codec } from '../ports/codec.ts';
import type { LogsStore, StoredSnapshot } from '../ports/store.ts';
import type { Reader } from './audience.ts';
import { LruMap } from './lru-map.ts';
import type { ScopeLogs } from './scope-logs.ts';
import { cursorOf, type View } from './view.ts';

/** A snapshot this many ops behind is made anew; one less far behind is given with its tail. */
export const staleAfterOps = 500;

/**
 * One that nobody asks for is kept only so that the next start is quick. It waits until the log has a quiet moment: to
 * encode again every 500 ops would cost a long drain more than all its merging.
 */
const keptAfterOps = 10_000;
const keptAfterOpsWhenBusy = 20_000;
const keptEveryMs = 10_000;

/** How long a snapshot that somebody is reading is kept beside newer ones, from the last chunk asked for. */
const leaseMs = 60_000;

/** Of small groups that is tens of thousands: after a restart all of them are asked for at once. */
const maxCachedBytes = 48_000_000;
/** Of those for one person, or an older version of the fold. */
const maxPersonalBytes = 8_000_000;
/** About what one takes beside its bytes. */
const entryBytes = 600;

export interface SnapshotsDeps {
  readonly store: LogsStore;
  readonly logs: ScopeLogs;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly onBug: (error: unknown) => void;
}

/** Folded prefixes of logs, encoded once and given to everybody who joins; who came back gets their own. */
export interface Snapshots {
  /** One at most `staleAfterOps` behind the view. */
  recent(scope: Scope, view: View, reader?: Reader): Promise<StoredSnapshot>;
  /** The newest made or read here, however old. */
  cached(scope: Scope): StoredSnapshot | undefined;
  /** Keeps a snapshot readable by its cursor while its chunks are being fetched. */
  lease(scope: Scope, snapshot: StoredSnapshot, reader?: Reader): void;
  /** A snapshot by its cursor, while it is leased or still the newest. */
  at(scope: Scope, cursor: Cursor, reader?: Reader): Promise<StoredSnapshot | undefined>;
  /** Resolves when what is being made is kept: the next start would have to fold and encode it anew. */
  close(): Promise<void>;
}

interface Lease {
  readonly snapshot: StoredSnapshot;
  untilMs: number;
  /** How long its tail is held in the store: longer, so that not every chunk writes. */
  heldUntilMs: number;
}

export function createSnapshots({ store, logs, codec, clock, onBug }: SnapshotsDeps): Snapshots {
  const weightOf = ({ bytes }: StoredSnapshot): number => bytes.byteLength + entryBytes;
  const newest = new LruMap<Scope, StoredSnapshot>(maxCachedBytes, weightOf);
  const personal = new LruMap<string, StoredSnapshot>(maxPersonalBytes, weightOf);
  const making = new Map<Scope, Promise<StoredSnapshot>>();
  const leases = new Map<string, Lease>();
  const keeping = new Set<Promise<unknown>>();

  /** Nobody trims the tail meanwhile, no other process either. Where this fails the replica takes another snapshot. */
  const holdTail = (scope: Scope, { snapshot: { cursor }, untilMs }: Lease): number => {
    const heldUntilMs = untilMs + leaseMs;
    store.log.lease(scope, cursor[1], heldUntilMs).catch(onBug);
    return heldUntilMs;
  };

  const cached = (scope: Scope): StoredSnapshot | undefined => {
    const known = newest.get(scope);
    if (known) return known;
    const loaded = logs.loadedFrom(scope);
    if (loaded) newest.set(scope, loaded);
    return loaded;
  };

  const encoded = async (
    view: View,
    state: ScopeState,
    fold = foldVersion,
  ): Promise<StoredSnapshot> => {
    // One that is newer than this server reads what this server writes.
    const version = Math.min(fold, foldVersion);
    const bytes = await codec.deflate(JSON.stringify(inVersion(encodeSnapshot(state), version)));
    return { cursor: cursorOf(view), atMs: view.atMs, foldVersion: version, bytes };
  };

  const make = async (scope: Scope, view: View): Promise<StoredSnapshot> => {
    // Whoever waits for the commit that gave rise to this hears of it before.
    await Promise.resolve();
    const snapshot = await encoded(view, view.state);
    newest.set(scope, snapshot);
    // Whoever asked need not wait until it is kept: it can be made again.
    const kept = store.snapshots.put(scope, snapshot).catch(onBug);
    keeping.add(kept);
    kept.then(() => keeping.delete(kept), onBug);
    return snapshot;
  };

  const recentFor = async (scope: Scope, view: View, reader: Reader): Promise<StoredSnapshot> => {
    const key = `${scope} ${nameOf(reader)}`;
    const known = personal.get(key);
    // Not one from before they came back: its tail would tell what was said in between.
    if (known && covers(known, view) && known.cursor[1] >= (reader.fromSeq ?? 0)) return known;
    const { userId, fold } = reader;
    const state = userId === undefined ? view.state : visibleTo(view.state, userId);
    const made = await encoded(view, state, fold);
    personal.set(key, made);
    return made;
  };

  const recent = async (scope: Scope, view: View): Promise<StoredSnapshot> => {
    const known = cached(scope);
    // One that was kept by an older version is folded on from, and not handed on.
    if (known && covers(known, view) && known.foldVersion === foldVersion) return known;
    const underWay = making.get(scope);
    if (underWay) {
      const made = await underWay;
      if (covers(made, view)) return made;
    }
    const made = make(scope, view).finally(() => making.delete(scope));
    making.set(scope, made);
    return made;
  };

  const unsubscribe = logs.onCommitted((scope, view, hasMore) => {
    const known = cached(scope);
    const behindOps = view.seq - (known?.cursor[1] ?? 0);
    if (behindOps < staleAfterOps || making.has(scope)) return;
    const isOld = known !== undefined && clock.nowMs() - known.atMs >= keptEveryMs;
    const isDue = !hasMore && (isOld || behindOps >= keptAfterOps);
    if (isDue || behindOps >= keptAfterOpsWhenBusy) recent(scope, view).catch(onBug);
  });

  return {
    recent: (scope, view, reader) =>
      isOwn(reader) ? recentFor(scope, view, reader) : recent(scope, view),
    cached,
    lease(scope, snapshot, reader) {
      const nowMs = clock.nowMs();
      for (const [key, { untilMs }] of leases) if (untilMs <= nowMs) leases.delete(key);
      const lease = { snapshot, untilMs: nowMs + leaseMs, heldUntilMs: 0 };
      lease.heldUntilMs = holdTail(scope, lease);
      leases.set(leaseKey(scope, snapshot.cursor, reader), lease);
    },
    async at(scope, cursor, reader) {
      const lease = leases.get(leaseKey(scope, cursor, reader));
      if (lease) {
        lease.untilMs = clock.nowMs() + leaseMs;
        if (lease.heldUntilMs < lease.untilMs) lease.heldUntilMs = holdTail(scope, lease);
        return lease.snapshot;
      }
      const known = isOwn(reader)
        ? personal.get(`${scope} ${nameOf(reader)}`)
        : (cached(scope) ?? (await store.snapshots.get(scope)));
      return known && leaseKey(scope, known.cursor) === leaseKey(scope, cursor) ? known : undefined;
    },
    async close() {
      unsubscribe();
      await Promise.allSettled(making.values());
      await Promise.all(keeping);
    },
  };
}

function covers({ cursor: [generation, seq] }: StoredSnapshot, view: View): boolean {
  // One that ends before the kept log begins leads nowhere: what came after it is gone, and meant to be.
  if (generation !== view.generation || seq < view.firstSeq - 1) return false;
  return seq <= view.seq && view.seq - seq < staleAfterOps;
}

/** Whether they need a snapshot that is not everybody's. */
function isOwn(reader: Reader | undefined): reader is Reader {
  return reader?.userId !== undefined || (reader?.fold ?? foldVersion) < foldVersion;
}

function nameOf({ userId = '', fold = foldVersion }: Reader): string {
  return `${userId} ${Math.min(fold, foldVersion)}`;
}

/** @throws {JamzError} `update-needed` for a version of more than twelve months ago */
function inVersion(json: unknown, version: number): unknown {
  if (version === foldVersion) return json;
  try {
    return inFoldVersion(json, version);
  } catch (cause) {
    const message = 'This app is too old to read what this server keeps: reload the page';
    throw new JamzError('update-needed', message, { cause });
  }
}

function leaseKey(scope: Scope, [generation, seq, hash]: Cursor, reader: Reader = {}): string {
  return `${scope} ${generation} ${seq} ${hash} ${nameOf(reader)}`;
}

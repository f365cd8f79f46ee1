import type { Http } from '../auth/http.ts';
import { type GroupId, groupScope, type Scope, type UserId } from '../protocol/ids.ts';
import type { Fix, LiveReport } from '../protocol/wire.ts';
import type { KeyValue } from '../store/key-value.ts';
import type { Live } from '../streams/live.ts';
import type { SyncState } from '../sync/machine.ts';
import type { Scheduler } from '../sync/scheduler.ts';
import type { SyncStatus } from '../sync/status.ts';
import { coarseAccuracyM, coarsen } from './coarse.ts';
import { deviceIdOf } from './device-id.ts';
import type { LatLng } from './earth.ts';
import { type KeptFix, KeptFixes } from './kept-fixes.ts';
import { privatePlacesOf } from './private-places.ts';
import { Sharing } from './sharing.ts';
import { platformThrift } from './thrift.ts';
import { uploadFixes } from './upload-fixes.ts';

/** What sharing needs of its replica. */
export interface SharingSource {
  readonly hub: {
    readonly userId: UserId | undefined;
    serverNow(): number;
    report(report: LiveReport): void;
    ended(scope: Scope): unknown;
  };
  readonly jamz: {
    readonly status$: Live<SyncStatus>;
    readonly session: { readonly restored: Promise<unknown> };
  };
  readonly storage: { readonly caches: KeyValue; readonly preferences: KeyValue };
  readonly http: Http;
  readonly scheduler: Pick<Scheduler, 'after' | 'random'>;
  readonly newId: () => string;
}

/** Nobody hears anything now. */
const unheard: ReadonlySet<SyncState> = new Set<SyncState>(['OFFLINE', 'ERROR']);
/** Told before a link was known to be dead, these may have been heard by nobody. */
const doubtfulMs = 60_000;
const againMs = 30_000;
/** A coarse place is worth keeping again after so long, though it is the same. */
const coarseEveryMs = 60_000;

/**
 * {@link Sharing} of one person's device in one group, with what it keeps for the time without a network.
 *
 * @returns undefined where nobody is signed in
 */
export async function openSharing(
  deps: SharingSource,
  groupId: GroupId,
): Promise<Sharing | undefined> {
  const { hub, jamz, storage, http, scheduler, newId } = deps;
  const scope = groupScope(groupId);
  await jamz.session.restored.catch(() => {});
  const { userId } = hub;
  if (userId === undefined) return undefined;
  const { caches: sealed, preferences: marks } = storage;
  const deviceId = await deviceIdOf(marks, newId);
  const places = privatePlacesOf({ sealed, marks, userId, random: scheduler.random });
  const kept = new KeptFixes(sealed, `${groupId}:${userId}`);
  let recent: KeptFix[] = [];
  let isUploading = false;
  let cell: LatLng | undefined;

  const isOffline = (): boolean => unheard.has(jamz.status$.value.state);
  /** Somebody else is signed in, or there is no such group any more. */
  const isOther = (): boolean => hub.userId !== userId || hub.ended(scope) !== undefined;
  const coarser = ({ mode, atMs, ...fix }: KeptFix): KeptFix => {
    if (mode === 'coarse') return { ...fix, mode, atMs };
    cell = coarsen(fix, cell);
    return { ...cell, accuracyM: coarseAccuracyM, mode: 'coarse', atMs };
  };
  const asSharedNow = (fix: KeptFix): KeptFix | undefined => {
    const { mode } = sharing.state$.value;
    if (mode === 'off' || places.hides(fix) !== false) return undefined;
    return mode === 'coarse' ? coarser(fix) : fix;
  };

  const upload = async (): Promise<void> => {
    if (isUploading || isOffline() || isOther()) return;
    isUploading = true;
    const mayGoOn = (): boolean =>
      !isOffline() && !isOther() && sharing.state$.value.mode !== 'off';
    try {
      await uploadFixes({ http, groupId, deviceId, kept, mayGoOn, asShared: asSharedNow });
    } catch {
      scheduler.after(againMs, () => void upload());
    } finally {
      isUploading = false;
    }
  };

  const sharing = new Sharing({
    serverNowMs: () => hub.serverNow(),
    after: scheduler.after,
    hides: places.hides,
    thrift: platformThrift(),
    send(report) {
      // A fix on its way is nobody's but the person's whose device this was.
      if (!isOther()) hub.report({ ...report, scope, deviceId });
    },
    onMode(mode) {
      recent = [];
      if (mode === 'off') kept.clear().catch(() => {});
      if (mode === 'coarse') kept.change(coarser).catch(() => {});
    },
    onShared(fix, mode) {
      const one: KeptFix = { ...fix, mode };
      if (isOffline()) keep(one);
      else recent = [...recent.filter(({ atMs }) => atMs > fix.atMs - doubtfulMs), one];
    },
  });

  let last: Fix | undefined;
  const keep = (fix: KeptFix): void => {
    const isSame = fix.mode === 'coarse' && last?.lat === fix.lat && last.lng === fix.lng;
    if (isSame && fix.atMs - (last?.atMs ?? 0) < coarseEveryMs) return;
    last = fix;
    kept.add(fix);
  };

  let wasOffline = isOffline();
  const watching = jamz.status$.subscribe(() => {
    if (isOther()) sharing.drop();
    if (isOffline() && !wasOffline) {
      for (const fix of recent) keep(fix);
      recent = [];
    }
    const isBack = wasOffline && !isOffline();
    wasOffline = isOffline();
    if (isBack) void upload();
  });
  sharing.state$.subscribe({ complete: () => watching.unsubscribe() });
  // What an earlier page kept is sent once its person shares again.
  const begun = sharing.state$.subscribe(({ mode }) => {
    if (mode === 'off') return;
    begun.unsubscribe();
    void upload();
  });
  await places.ready;
  return sharing;
}

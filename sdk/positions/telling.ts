import type { ScopeState } from '../merge/states.ts';
import { type GroupId, groupScope } from '../protocol/ids.ts';
import type { Fix, LiveReport } from '../protocol/wire.ts';
import type { SyncState } from '../sync/machine.ts';
import { coarseAccuracyM, coarsen } from './coarse.ts';
import type { Decision } from './decision.ts';
import type { LatLng } from './earth.ts';
import { type KeptFix, KeptFixes } from './kept-fixes.ts';
import type { SharingSource } from './open-sharing.ts';
import type { HidingPlaces } from './private-places.ts';
import { Sharing } from './sharing.ts';
import { platformThrift } from './thrift.ts';
import { uploadFixes } from './upload-fixes.ts';
import { type VisitPlace, Visits } from './visits.ts';

/** What stands between a fix and the server, asked before each word. */
export interface TellingGuard {
  /** False where another tab has said something else since: what was about to be told is void. */
  isCurrent(): Promise<boolean>;
  /** A fix was told. */
  told(): void;
  decision(): Decision;
}

/** What the tab that leads does: tells the server, and keeps what nobody hears. */
export interface Telling {
  readonly sharing: Sharing;
  /** Tells no fix from now on. */
  close(): void;
}

export interface TellingDeps {
  readonly source: SharingSource;
  readonly groupId: GroupId;
  readonly userId: string;
  readonly deviceId: string;
  readonly places: HidingPlaces;
  readonly isOther: () => boolean;
}

/** Nobody hears anything now. */
const unheard: ReadonlySet<SyncState> = new Set<SyncState>(['OFFLINE', 'ERROR']);
/** Told before a link was known to be dead, these may have been heard by nobody. */
const doubtfulMs = 60_000;
const againMs = 30_000;
/** A coarse place is worth keeping again after so long, though it is the same. */
const coarseEveryMs = 60_000;

type Report = Omit<LiveReport, 'scope' | 'deviceId'>;

/** Begins to tell where this device is, and to keep what cannot be told now. */
export function beginTelling(deps: TellingDeps, guard: TellingGuard): Telling {
  const { groupId, userId, deviceId, places, isOther } = deps;
  const { hub, jamz, storage, http, scheduler } = deps.source;
  const scope = groupScope(groupId);
  const kept = new KeptFixes(storage.caches, `${groupId}:${userId}`);
  let recent: KeptFix[] = [];
  let isUploading = false;
  let isClosed = false;
  let cell: LatLng | undefined;
  /** Rises with each *off*: no fix from before goes out behind it. */
  let turn = 0;
  let line: Promise<void> = Promise.resolve();

  const isOffline = (): boolean => unheard.has(jamz.status$.value.state);
  const tell = (report: Report): void => hub.report({ ...report, scope, deviceId });
  const coarser = ({ mode, atMs, ...fix }: KeptFix): KeptFix => {
    if (mode === 'coarse') return { ...fix, mode, atMs };
    cell = coarsen(fix, cell);
    return { ...cell, accuracyM: coarseAccuracyM, mode: 'coarse', atMs };
  };
  const asSharedNow = (fix: KeptFix): KeptFix | undefined => {
    const { offAtMs = 0, coarseAtMs = 0 } = guard.decision();
    const { mode } = sharing.state$.value;
    if (mode === 'off' || fix.atMs <= offAtMs) return undefined;
    // Where it really was nobody knows any more, least of all of a coarse one.
    if (places.hides(fix, fix.accuracyM) !== false) return undefined;
    return mode === 'coarse' || fix.atMs <= coarseAtMs ? coarser(fix) : fix;
  };
  /** Other tabs may have said less, or have added a private place. */
  const isFree = async (): Promise<boolean> => {
    const { version } = places;
    await places.refresh();
    return (await guard.isCurrent()) && version === places.version && !isClosed && !isOther();
  };

  const send = (report: Report): void => {
    const { fix } = report;
    if (!fix) {
      turn += 1;
      // Also where the group is over: it takes the place of what waits for a link. To somebody else it is no word.
      if (hub.userId === userId) tell(report);
      return;
    }
    const state = (): string => [turn, places.version, guard.decision().number].join();
    const before = state();
    line = line.then(async () => {
      if (!(await isFree()) || state() !== before) return;
      tell(report);
      guard.told();
    });
  };

  /** Its time may be over though its timer slept. */
  const isShared = (): boolean => {
    const { mode, untilMs } = sharing.state$.value;
    return mode !== 'off' && (untilMs === null || hub.serverNow() < untilMs);
  };

  const upload = async (): Promise<void> => {
    if (isUploading || isOffline() || isOther()) return;
    isUploading = true;
    const mayGoOn = async (): Promise<boolean> => (await isFree()) && !isOffline() && isShared();
    try {
      await uploadFixes({ http, groupId, deviceId, kept, mayGoOn, asShared: asSharedNow });
    } catch {
      scheduler.after(againMs, () => void upload());
    } finally {
      isUploading = false;
    }
  };

  const visits = new Visits({
    places: () => placesIn(hub.state(scope)),
    serverNowMs: () => hub.serverNow(),
    sealed: storage.caches,
    name: `${groupId}:${userId}`,
  });
  const sharing = new Sharing({
    visits,
    serverNowMs: () => hub.serverNow(),
    after: scheduler.after,
    hides: places.hides,
    thrift: platformThrift(),
    send,
    onMode(mode) {
      recent = [];
      if (mode === 'off') kept.clear().catch(() => {});
      if (mode === 'coarse') kept.change(coarser).catch(() => {});
    },
    onShared(fix, mode) {
      const one: KeptFix = { ...fix, mode };
      // What another tab said may not have been heard: then this one is made coarser, or goes again.
      void isFree();
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
    if (isOffline() && !wasOffline) {
      for (const fix of recent) keep(fix);
      recent = [];
    }
    const isBack = wasOffline && !isOffline();
    wasOffline = isOffline();
    if (isBack) void upload();
  });
  const hiding = places.places$.subscribe(() => sharing.placesChanged());
  // What an earlier page kept is sent once its person shares again.
  const begun = sharing.state$.subscribe(({ mode }) => {
    if (mode === 'off') return;
    begun.unsubscribe();
    void upload();
  });
  return {
    sharing,
    close() {
      isClosed = true;
      watching.unsubscribe();
      hiding.unsubscribe();
      sharing.close();
    },
  };
}

function placesIn(state: ScopeState | undefined): readonly VisitPlace[] | undefined {
  return state?.kind === 'group'
    ? [...state.places.values()].filter(({ removed }) => !removed)
    : undefined;
}

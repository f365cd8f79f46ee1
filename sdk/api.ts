/** The public interfaces: what a caller of `connect` meets. */

export type {
  Group,
  GroupAction,
  GroupAvailability,
  MemberPosition,
  NowPlaying,
  PlaylistEntry,
} from './api/group.ts';
export type { ConnectOptions, GroupSummary, Jamz } from './api/jamz.ts';
export type { Conflict, Sent, SetAsideEntry } from './api/sent.ts';
export type { Device, SecondFactor, SessionApi, User } from './api/session.ts';
export type {
  Faults,
  Inspected,
  InspectedOp,
  InspectedScope,
  Inspector,
  Transition,
} from './inspection/inspection.ts';
export type {
  Notice,
  NoticeValue,
  OvertakenField,
  OvertakenNotice,
  RefusedNotice,
  RemovedNotice,
  StorageNotice,
  UpdateNotice,
} from './notices/notice.ts';
export type { HistoryChoice, PastFix, PositionHistory } from './positions/history.ts';
export type { PrivatePlace, PrivatePlaces } from './positions/private-places.ts';
export type { SharingOptions, SharingState } from './positions/sharing-state.ts';
export type { Push, PushKind, PushPreferences, PushState } from './push/push.ts';
export type { SyncState } from './sync/machine.ts';
export type { SyncMetrics, SyncStatus } from './sync/status.ts';
export type { Over } from './transport/link.ts';

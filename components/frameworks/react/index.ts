/** React's hooks over the SDK's streams, and the elements' types in JSX. */
export { GroupProvider, type GroupProviderProps, useAccess, useGroup } from './group-provider.ts';
export {
  useAvailability,
  useGroupInfo,
  useHistory,
  useInvitations,
  useMe,
  useMembers,
  useMessages,
  useNowPlaying,
  usePlaces,
  usePlayback,
  usePlaylist,
  usePositions,
  useSession,
  useSharing,
} from './group-streams.ts';
export { JamzProvider, type JamzProviderProps, useJamz } from './jamz-provider.ts';
export {
  useConflicts,
  useGroups,
  useNotices,
  useProfile,
  useSetAside,
  useSyncStatus,
  useUploads,
  useUser,
} from './jamz-streams.ts';
export type { ReactElementProps } from './jsx.ts';
export { useLive } from './use-live.ts';
export { usePositionMs } from './use-position-ms.ts';

import type {
  Group,
  GroupAvailability,
  GroupInfo,
  Invitation,
  Live,
  Member,
  MemberPosition,
  Message,
  NowPlaying,
  Place,
  Playback,
  PlaylistEntry,
} from '../../../sdk/index.ts';
import { useGroup } from './group-provider.ts';
import { useLive } from './use-live.ts';

/** Whether the group can be shown yet, or why not. */
export function useAvailability(group?: Group): GroupAvailability | undefined {
  return useStream(group, (group) => group.availability$);
}

/** Name, photo and policies. */
export function useGroupInfo(group?: Group): GroupInfo | null | undefined {
  return useStream(group, (group) => group.info$);
}

export function useMembers(group?: Group): readonly Member[] | undefined {
  return useStream(group, (group) => group.members$);
}

/** This person as a member. */
export function useMe(group?: Group): Member | null | undefined {
  return useStream(group, (group) => group.me$);
}

export function usePlaylist(group?: Group): readonly PlaylistEntry[] | undefined {
  return useStream(group, (group) => group.playlist$);
}

/** The group's record of who plays what from where; {@link useNowPlaying} says what sounds by it. */
export function usePlayback(group?: Group): Playback | undefined {
  return useStream(group, (group) => group.playback$);
}

/** What is sounding, by arithmetic; see {@link usePositionMs} for where it is now. */
export function useNowPlaying(group?: Group): NowPlaying | undefined {
  return useStream(group, (group) => group.nowPlaying$);
}

/** Who listens together, and what is planned. */
export function useSession(group?: Group): Group['session$']['value'] | undefined {
  return useStream(group, (group) => group.session$);
}

export function usePlaces(group?: Group): readonly Place[] | undefined {
  return useStream(group, (group) => group.places$);
}

/** The last 200. */
export function useMessages(group?: Group): readonly Message[] | undefined {
  return useStream(group, (group) => group.messages$);
}

export function useInvitations(group?: Group): readonly Invitation[] | undefined {
  return useStream(group, (group) => group.invitations$);
}

/** What was played, by whom it was chosen, who liked it. */
export function useHistory(group?: Group): Group['history$']['value'] | undefined {
  return useStream(group, (group) => group.history$);
}

/** Where members are now. */
export function usePositions(group?: Group): readonly MemberPosition[] | undefined {
  return useStream(group, (group) => group.positions$);
}

/** How this device shares its own position. */
export function useSharing(group?: Group): Group['sharing$']['value'] | undefined {
  return useStream(group, (group) => group.sharing$);
}

/** A stream of the group that is given, or of the nearest provider's. Undefined until there is one. */
function useStream<T>(given: Group | undefined, pick: (group: Group) => Live<T>): T | undefined {
  const around = useGroup();
  const group = given ?? around;
  return useLive(group && pick(group));
}

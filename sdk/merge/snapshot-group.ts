import { listIn } from './columns.ts';
import {
  type Codec,
  entriesOf,
  flag,
  listOf,
  mapOf,
  number,
  numberOrNull,
  oneOf,
  orNull,
  rowOf,
  stamp,
  stamps,
  text,
  textOrNull,
} from './row-codec.ts';
import { decodeMembers } from './snapshot-members.ts';
import { decodePlaylist } from './snapshot-playlist.ts';
import type { SortedMap } from './sorted-map.ts';
import type {
  AudioSession,
  GroupInfo,
  GroupState,
  InfoState,
  Invitation,
  PlannedSession,
  Play,
  Playback,
  PlaybackState,
  Reaction,
  SessionState,
  StampedMessage,
  StampedPlace,
} from './states.ts';

/** What `encodeGroup` made. @throws {JamzError} `invalid` where it is damaged */
export function decodeGroup(json: unknown): Omit<GroupState, 'applied' | 'forgottenMs'> {
  const parts = listIn(json);
  return {
    kind: 'group',
    info: decodeInfo(parts[0]),
    members: decodeMembers(parts[1], parts[2]),
    invitations: invitations.decode(parts[3]),
    playlist: decodePlaylist(parts[4]),
    playback: decodePlayback(parts[5]),
    session: session.decode(parts[6]),
    places: places.decode(parts[7]),
    messages: messages.decode(parts[8]),
    reactions: reactions.decode(parts[9]),
    plays: plays.decode(parts[10]),
  };
}

type FlatInfo = Omit<GroupInfo, 'policies'> & GroupInfo['policies'] & Pick<InfoState, 'stamps'>;

export const flatInfo: Codec<FlatInfo> = rowOf<FlatInfo>({
  name: text,
  photoFileId: textOrNull,
  join: oneOf(['open', 'invited']),
  add: oneOf(['everyone', 'owners']),
  control: oneOf(['everyone', 'owners', 'chosen']),
  createdAtMs: number,
  deleted: flag,
  stamps,
});

function decodeInfo(json: unknown): InfoState {
  const { join, add, control, stamps, ...info } = flatInfo.decode(json);
  return { info: { ...info, policies: { join, add, control } }, stamps };
}

export const invitations: Codec<SortedMap<Invitation>> = mapOf(
  rowOf<Invitation>({
    code: text,
    createdBy: text,
    createdAtMs: number,
    expiresAtMs: numberOrNull,
    usesLeft: numberOrNull,
    revoked: flag,
    seq: number,
  }),
);

type FlatRecord = Playback & Pick<PlaybackState, 'recordStamp'>;

export const playbackRecord: Codec<FlatRecord> = rowOf<FlatRecord>({
  itemId: textOrNull,
  positionMs: number,
  atServerMs: number,
  playing: flag,
  rate: number,
  by: textOrNull,
  recordStamp: stamp,
});
type Repeat = Pick<PlaybackState, 'repeat' | 'repeatStamp'>;

export const repeat: Codec<Repeat> = rowOf<Repeat>({
  repeat: oneOf(['off', 'one', 'all']),
  repeatStamp: stamp,
});
type Shuffle = Pick<PlaybackState, 'shuffle' | 'shuffleSeed' | 'shuffleFirst' | 'shuffleStamp'>;

export const shuffle: Codec<Shuffle> = rowOf<Shuffle>({
  shuffle: flag,
  shuffleSeed: number,
  shuffleFirst: textOrNull,
  shuffleStamp: stamp,
});

function decodePlayback(json: unknown): PlaybackState {
  const parts = listIn(json);
  const { recordStamp, ...record } = playbackRecord.decode(parts[0]);
  return { record, recordStamp, ...repeat.decode(parts[1]), ...shuffle.decode(parts[2]) };
}

export const session: Codec<SessionState> = rowOf<SessionState>({
  running: orNull(
    rowOf<AudioSession>({
      sessionId: text,
      startedBy: text,
      startedAtMs: number,
      members: listOf(text),
    }),
  ),
  planned: orNull(rowOf<PlannedSession>({ sessionId: text, plannedBy: text, atMs: number })),
  endedSessionId: textOrNull,
});

export const places: Codec<SortedMap<StampedPlace>> = mapOf(
  rowOf<StampedPlace>({
    placeId: text,
    name: text,
    lat: number,
    lng: number,
    savedBy: text,
    removed: flag,
    stamps,
  }),
);

export const messages: Codec<SortedMap<StampedMessage>> = mapOf(
  rowOf<StampedMessage>({
    messageId: text,
    authorId: text,
    text,
    sentAtMs: number,
    editedAtMs: numberOrNull,
    seq: number,
    stamp,
    hidden: flag,
  }),
);

export const reactions: Codec<SortedMap<Reaction>> = entriesOf(
  rowOf<Reaction>({ like: flag, skip: flag, rating: numberOrNull, stamps }),
);

export const plays: Codec<readonly Play[]> = listOf(
  rowOf<Play>({
    itemId: text,
    title: text,
    chosenBy: textOrNull,
    startedAtMs: number,
    endedAtMs: number,
  }),
);

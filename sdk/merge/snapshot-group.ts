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
import { decodeMembers, encodeMembers } from './snapshot-members.ts';
import { decodePlaylist, encodePlaylist } from './snapshot-playlist.ts';
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

/** `[info, present, former, invitations, playlist, playback, session, places, messages, reactions, plays]`. */
export function encodeGroup(state: GroupState): unknown {
  return [
    encodeInfo(state.info),
    ...encodeMembers(state.members),
    invitations.encode(state.invitations),
    encodePlaylist(state.playlist),
    encodePlayback(state.playback),
    session.encode(state.session),
    places.encode(state.places),
    messages.encode(state.messages),
    reactions.encode(state.reactions),
    plays.encode(state.plays),
  ];
}

/** @throws {JamzError} `invalid` where it is damaged */
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

const flatInfo = rowOf<FlatInfo>({
  name: text,
  photoFileId: textOrNull,
  join: oneOf(['open', 'invited']),
  add: oneOf(['everyone', 'owners']),
  control: oneOf(['everyone', 'owners', 'chosen']),
  createdAtMs: number,
  deleted: flag,
  stamps,
});

function encodeInfo({ info: { policies, ...info }, stamps }: InfoState): unknown {
  return flatInfo.encode({ ...info, ...policies, stamps });
}

function decodeInfo(json: unknown): InfoState {
  const { join, add, control, stamps, ...info } = flatInfo.decode(json);
  return { info: { ...info, policies: { join, add, control } }, stamps };
}

const invitations = mapOf(
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

const playbackRecord = rowOf<Playback & Pick<PlaybackState, 'recordStamp'>>({
  itemId: textOrNull,
  positionMs: number,
  atServerMs: number,
  playing: flag,
  rate: number,
  by: textOrNull,
  recordStamp: stamp,
});
const repeat = rowOf<Pick<PlaybackState, 'repeat' | 'repeatStamp'>>({
  repeat: oneOf(['off', 'one', 'all']),
  repeatStamp: stamp,
});
const shuffle = rowOf<
  Pick<PlaybackState, 'shuffle' | 'shuffleSeed' | 'shuffleFirst' | 'shuffleStamp'>
>({ shuffle: flag, shuffleSeed: number, shuffleFirst: textOrNull, shuffleStamp: stamp });

function encodePlayback(state: PlaybackState): unknown {
  const { record, recordStamp } = state;
  return [
    playbackRecord.encode({ ...record, recordStamp }),
    repeat.encode(state),
    shuffle.encode(state),
  ];
}

function decodePlayback(json: unknown): PlaybackState {
  const parts = listIn(json);
  const { recordStamp, ...record } = playbackRecord.decode(parts[0]);
  return { record, recordStamp, ...repeat.decode(parts[1]), ...shuffle.decode(parts[2]) };
}

const session = rowOf<SessionState>({
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

const places = mapOf(
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

const messages = mapOf(
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

const reactions = entriesOf(
  rowOf<Reaction>({ like: flag, skip: flag, rating: numberOrNull, stamps }),
);

const plays: Codec<readonly Play[]> = listOf(
  rowOf<Play>({
    itemId: text,
    title: text,
    chosenBy: textOrNull,
    startedAtMs: number,
    endedAtMs: number,
  }),
);

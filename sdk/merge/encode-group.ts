import { encodePlaylist } from './encode-playlist.ts';
import {
  flatInfo,
  invitations,
  messages,
  places,
  playbackRecord,
  plays,
  reactions,
  repeat,
  session,
  shuffle,
} from './snapshot-group.ts';
import { formerRows, presentRows } from './snapshot-members.ts';
import type { GroupState, InfoState, MembersState, PlaybackState } from './states.ts';

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

function encodeInfo({ info: { policies, ...info }, stamps }: InfoState): unknown {
  return flatInfo.encode({ ...info, ...policies, stamps });
}

/** `present` and `former`, a row for each person. */
function encodeMembers({ present, former }: MembersState): [unknown, unknown] {
  return [presentRows.encode(present), formerRows.encode(former)];
}

function encodePlayback(state: PlaybackState): unknown {
  const { record, recordStamp } = state;
  return [
    playbackRecord.encode({ ...record, recordStamp }),
    repeat.encode(state),
    shuffle.encode(state),
  ];
}

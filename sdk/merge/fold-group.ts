import { limits } from '../protocol/limits.ts';
import type { Op, OpFor } from '../protocol/ops.ts';
import { anchored, anchoredExactly, atRest, cutOff, withoutItem } from './anchoring.ts';
import { info } from './info.ts';
import { invitations } from './invitations.ts';
import { type MembersOpType, members } from './members.ts';
import { messages } from './messages.ts';
import { places } from './places.ts';
import { type PlaybackOpType, playback } from './playback.ts';
import { type PlaylistOpType, playlist } from './playlist.ts';
import { reactions } from './reactions.ts';
import { session, withoutMember } from './session.ts';
import type { GroupState } from './states.ts';
import type { MergeContext } from './strategy.ts';

/** Merges an op into its kind of state, with what it means for the other kinds. Total, as the strategies are. */
export function mergeGroupOp(state: GroupState, op: Op, context: MergeContext): GroupState {
  switch (op.type) {
    case 'playlist.add':
    case 'playlist.remove':
    case 'playlist.move':
    case 'playlist.amend':
      return mergePlaylist(state, op, context);
    case 'playback.set':
    case 'repeat.set':
    case 'shuffle.set':
      return mergePlayback(state, op, context);
    case 'group.create':
    case 'group.update':
    case 'group.delete':
      return withPart(state, 'info', info.merge(state.info, op, context));
    case 'members.join':
    case 'members.leave':
    case 'members.remove':
    case 'members.role':
    case 'members.describe':
      return mergeMembers(state, op, context);
    case 'invitations.create':
    case 'invitations.revoke':
      return withPart(state, 'invitations', invitations.merge(state.invitations, op, context));
    case 'session.start':
    case 'session.join':
    case 'session.leave':
    case 'session.end':
    case 'session.plan':
      return withSession(state, session.merge(state.session, op, context), context);
    case 'places.save':
    case 'places.update':
    case 'places.remove':
      return withPart(state, 'places', places.merge(state.places, op, context));
    case 'messages.send':
    case 'messages.edit':
      return withPart(state, 'messages', messages.merge(state.messages, op, context));
    case 'reactions.set':
      return withPart(state, 'reactions', reactions.merge(state.reactions, op, context));
    default:
      // A person's own op, or a type of a later version: no part of a group.
      return state;
  }
}

function mergePlaylist(
  state: GroupState,
  op: OpFor<PlaylistOpType>,
  context: MergeContext,
): GroupState {
  // Before the merge: it may change the nodes of this playlist in place.
  const now = madeReady(state, op, context.at.atMs);
  const changed = playlist.merge(state.playlist, op, context);
  return changed === state.playlist ? state : withPart(now, 'playlist', changed);
}

/** The state as playback has to be before a change of the playlist. */
function madeReady(state: GroupState, op: OpFor<PlaylistOpType>, atMs: number): GroupState {
  const now = anchored(state, atMs);
  switch (op.type) {
    case 'playlist.amend':
      // A track that turns out to be shorter than it has sounded ends now, not in the past.
      return now.playback.record.itemId === op.payload.itemId ? anchoredExactly(now, atMs) : now;
    case 'playlist.remove':
      return withoutItem(now, op.payload.itemId, atMs);
    default:
      return now;
  }
}

function mergePlayback(
  state: GroupState,
  op: OpFor<PlaybackOpType>,
  context: MergeContext,
): GroupState {
  const changed = playback.merge(state.playback, op, context);
  if (changed === state.playback) return state;
  const { atMs } = context.at;
  if (op.type !== 'playback.set') {
    const now = anchored(state, atMs);
    const merged = playback.merge(now.playback, op, context);
    const shuffleFirst =
      op.type === 'shuffle.set' ? now.playback.record.itemId : merged.shuffleFirst;
    return withPart(now, 'playback', { ...merged, shuffleFirst });
  }
  const from = Math.min(op.payload.atServerMs, atMs + limits.maxClockAheadMs);
  return withPart(cutOff(state, from, op.payload.itemId), 'playback', changed);
}

function mergeMembers(
  state: GroupState,
  op: OpFor<MembersOpType>,
  context: MergeContext,
): GroupState {
  const changed = members.merge(state.members, op, context);
  if (changed === state.members) return state;
  const next = withPart(state, 'members', changed);
  switch (op.type) {
    case 'members.join':
      return withPart(next, 'invitations', invitations.merge(state.invitations, op, context));
    case 'members.leave':
      return withSession(next, withoutMember(state.session, op.authorId), context);
    case 'members.remove':
      return withSession(next, withoutMember(state.session, op.payload.memberId), context);
    default:
      return next;
  }
}

/** A session that ends takes its sound with it. */
function withSession(
  state: GroupState,
  changed: GroupState['session'],
  { at }: MergeContext,
): GroupState {
  const next = withPart(state, 'session', changed);
  return state.session.running && !changed.running ? atRest(next, at.atMs) : next;
}

function withPart<Part extends keyof GroupState>(
  state: GroupState,
  part: Part,
  value: GroupState[Part],
): GroupState {
  return state[part] === value ? state : { ...state, [part]: value };
}

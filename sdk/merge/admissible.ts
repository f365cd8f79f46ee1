import type { ErrorCode } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { Op } from '../protocol/ops.ts';
import { memberRefusal } from './admissible-members.ts';
import type { GroupState, ScopeState } from './states.ts';

/** Why an op cannot be taken, for its author to read. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
}

/**
 * Why this state cannot take an op, or undefined where it can. Roles and policies are checked before (`may`), numbers
 * already applied too. A refusal changes nothing; folding a refused op would change nothing either, or worse.
 *
 * @param atMs the server's time
 */
export function refusalOf(state: ScopeState, op: Op, atMs: number): Refusal | undefined {
  const personal = op.type === 'profile.update' || op.type === 'profile.answer';
  if (state.kind === 'user') {
    if (personal || op.type === 'log.prune') return undefined;
    return invalid(`An op of type ${op.type} belongs to a group: send it to the group's scope.`);
  }
  if (personal) {
    return invalid('A profile belongs to a person: send this op to their own scope.');
  }
  if (state.info.info.deleted) return refusal('gone', 'This group was deleted.');
  return groupRefusal(state, op, atMs);
}

function groupRefusal(state: GroupState, op: Op, atMs: number): Refusal | undefined {
  switch (op.type) {
    case 'playback.set':
      if (op.payload.atServerMs > atMs + limits.maxClockAheadMs) {
        return refusal('clock-ahead', 'This command is for a time still to come: set the clock.');
      }
      return sessionRefusal(state, op.authorId) ?? trackRefusal(state, op.payload.itemId);
    case 'playlist.add':
      return addRefusal(state, op.payload.items);
    case 'playlist.remove':
    case 'playlist.move':
    case 'playlist.amend':
    case 'reactions.set':
      return trackRefusal(state, op.payload.itemId);
    case 'session.start':
      if (state.session.endedSessionId !== op.payload.sessionId) return undefined;
      return refusal('not-found', 'This session has ended: start a new one.');
    case 'session.join':
    case 'session.leave':
      if (state.session.running?.sessionId === op.payload.sessionId) return undefined;
      return refusal('not-found', 'This session has ended or never ran: start a new one.');
    case 'session.end': {
      const { running, planned } = state.session;
      const { sessionId } = op.payload;
      if (running?.sessionId === sessionId || planned?.sessionId === sessionId) return undefined;
      return refusal('not-found', 'This session has ended already.');
    }
    case 'places.save':
      if (!state.places.has(op.payload.placeId)) return undefined;
      return invalid('A place of this id exists: update it, or save under a new id.');
    case 'places.update':
    case 'places.remove': {
      const place = state.places.get(op.payload.placeId);
      if (place && !place.removed) return undefined;
      return refusal('not-found', 'This place was removed or never saved.');
    }
    case 'messages.send':
      if (!state.messages.has(op.payload.messageId)) return undefined;
      return invalid('A message of this id exists: send under a new id.');
    case 'messages.edit': {
      const message = state.messages.get(op.payload.messageId);
      // Older ones than the state holds are in the archive, where only the server can look.
      if (!message && state.messages.size >= limits.recentMessages) return undefined;
      if (!message) return refusal('not-found', 'This message is unknown.');
      if (message.authorId === op.authorId) return undefined;
      return refusal('forbidden', 'Only its author can edit a message.');
    }
    default:
      return memberRefusal(state, op, atMs);
  }
}

/** Only who is in the audio session controls it; a group that never had one is not bound by it. */
function sessionRefusal({ session }: GroupState, userId: string): Refusal | undefined {
  if (session.running) {
    if (session.running.members.includes(userId)) return undefined;
    return refusal('forbidden', 'Join the audio session to control it.');
  }
  if (session.endedSessionId === null) return undefined;
  return refusal('not-found', 'The audio session has ended: start a new one.');
}

function trackRefusal({ playlist }: GroupState, itemId: string | null): Refusal | undefined {
  if (itemId === null || playlist.items.has(itemId)) return undefined;
  return refusal('not-found', 'This track is no longer in the playlist.');
}

function addRefusal(
  { playlist }: GroupState,
  items: readonly { readonly itemId: string }[],
): Refusal | undefined {
  if (playlist.items.size + items.length > limits.maxPlaylistItems) {
    const message = `A playlist holds ${limits.maxPlaylistItems} tracks: remove some first.`;
    return refusal('quota-exceeded', message);
  }
  const ids = items.length > 1 ? new Set<string>() : undefined;
  for (const { itemId } of items) {
    if (ids?.has(itemId) || playlist.items.has(itemId) || playlist.removed.has(itemId)) {
      return invalid(`An item ${itemId} is or was in the playlist: add it under a new id.`);
    }
    ids?.add(itemId);
  }
  return undefined;
}

function invalid(message: string): Refusal {
  return refusal('invalid', message);
}

function refusal(code: ErrorCode, message: string): Refusal {
  return { code, message };
}

import type { Hlc } from '../clock/hlc.ts';
import type { UserId } from '../protocol/ids.ts';
import type { NumberRanges } from '../protocol/wire.ts';
import type { ScopeState, StampedMessage } from './states.ts';

/**
 * What a person may see of a state: not what was said while they were no member. Of such a message only its place
 * stays, so that a replica that folds on from here ages messages out with all others, and its state is what this
 * gives of theirs. The same object where nothing is hidden.
 */
export function visibleTo(state: ScopeState, userId: UserId): ScopeState {
  if (state.kind === 'user') return state;
  const away = state.members.present.get(userId)?.away;
  if (!away) return state;
  const edit = {};
  let { messages } = state;
  for (const { messageId, seq } of state.messages.toArray()) {
    if (covers(away, seq)) messages = messages.set(messageId, placeOf(messageId, seq), edit);
  }
  return messages === state.messages ? state : { ...state, messages };
}

function placeOf(messageId: string, seq: number): StampedMessage {
  return {
    messageId,
    authorId: '',
    text: '',
    sentAtMs: 0,
    editedAtMs: null,
    seq,
    stamp: '' as Hlc,
    hidden: true,
  };
}

function covers(ranges: NumberRanges, seq: number): boolean {
  return ranges.some(([from, to]) => from <= seq && seq <= to);
}

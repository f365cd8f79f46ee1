import { compareHlc } from '../clock/hlc.ts';
import { limits } from '../protocol/limits.ts';
import { emptyMap, type SortedMap } from './sorted-map.ts';
import type { StampedMessage } from './states.ts';
import type { MergeStrategy } from './strategy.ts';

export type MessagesOpType = 'messages.send' | 'messages.edit';

/**
 * Messages only grow, in log order; the state keeps the last ones. An author's latest edit stands; an edit of a
 * message that has gone from the state, or by somebody else, changes nothing here.
 */
export const messages: MergeStrategy<SortedMap<StampedMessage>, MessagesOpType> = {
  empty: emptyMap(),

  merge(state, op, { at, edit }) {
    const { messageId, text } = op.payload;
    const message = state.get(messageId);
    switch (op.type) {
      case 'messages.send': {
        if (message) return state;
        const sent: StampedMessage = {
          messageId,
          authorId: op.authorId,
          text,
          sentAtMs: at.atMs,
          editedAtMs: null,
          seq: at.seq,
          stamp: op.stamp,
          hidden: false,
        };
        return withoutOldest(state.set(messageId, sent, edit), edit);
      }
      case 'messages.edit':
        if (!message || message.hidden || message.authorId !== op.authorId) return state;
        if (compareHlc(op.stamp, message.stamp) <= 0) return state;
        return state.set(
          messageId,
          { ...message, text, editedAtMs: at.atMs, stamp: op.stamp },
          edit,
        );
    }
  },
};

function withoutOldest(state: SortedMap<StampedMessage>, edit: object): SortedMap<StampedMessage> {
  if (state.size <= limits.recentMessages) return state;
  let oldest: StampedMessage | undefined;
  state.forEach((message) => {
    if (!oldest || message.seq < oldest.seq) oldest = message;
  });
  return oldest ? state.delete(oldest.messageId, edit) : state;
}

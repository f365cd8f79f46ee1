import fc from 'fast-check';
import type { Op } from '../protocol/ops.ts';
import { emptyState } from './fold.ts';
import { info } from './info.ts';
import { type Entry, groupPayloads, logsOf } from './log-arbitraries.laws.ts';
import { contextAt, type Law } from './merge.laws.ts';
import { messages } from './messages.ts';
import { places } from './places.ts';
import { playback } from './playback.ts';
import { reactions } from './reactions.ts';
import { stateHash } from './snapshot.ts';
import type { GroupState } from './states.ts';
import { TestLog } from './test-log.ts';

/**
 * For the kinds that claim it: the order in which their ops come, and how often, changes nothing. What creates (a place,
 * a message) is in the log before what edits it, so it stands at the beginning here.
 */
export const orderLaws: readonly Law[] = [
  claim('[MG27] [MG1] playback', ['playback.set', 'repeat.set', 'shuffle.set'], {
    merge: (state, op, context) =>
      op.type === 'playback.set' || op.type === 'repeat.set' || op.type === 'shuffle.set'
        ? { ...state, playback: playback.merge(state.playback, op, context) }
        : state,
  }),
  claim("[MG27] [MG17] a group's fields", ['group.update', 'group.delete'], {
    merge: (state, op, context) =>
      op.type === 'group.update' || op.type === 'group.delete'
        ? { ...state, info: info.merge(state.info, op, context) }
        : state,
  }),
  claim("[MG27] [MG23] a place's fields and its removal", ['places.update', 'places.remove'], {
    merge: (state, op, context) =>
      op.type === 'places.update' || op.type === 'places.remove'
        ? { ...state, places: places.merge(state.places, op, context) }
        : state,
  }),
  claim('[MG27] [MG24] edits of messages', ['messages.edit'], {
    merge: (state, op, context) =>
      op.type === 'messages.edit'
        ? { ...state, messages: messages.merge(state.messages, op, context) }
        : state,
  }),
  claim('[MG27] [MG25] reactions', ['reactions.set'], {
    merge: (state, op, context) =>
      op.type === 'reactions.set'
        ? { ...state, reactions: reactions.merge(state.reactions, op, context) }
        : state,
  }),
];

interface Kind {
  merge(state: GroupState, op: Op, context: ReturnType<typeof contextAt>): GroupState;
}

function claim(name: string, types: readonly (keyof typeof groupPayloads)[], kind: Kind): Law {
  const payloads = Object.fromEntries(types.map((type) => [type, groupPayloads[type]]));
  const shuffledTwice = logsOf(payloads).chain((log) =>
    fc.tuple(
      fc.constant(log),
      fc.shuffledSubarray([...log, ...log], { minLength: log.length * 2 }),
    ),
  );
  return {
    name: `${name}: neither order nor repetition changes what they come to`,
    check: () =>
      fc.assert(
        fc.property(shuffledTwice, ([log, shuffled]) => {
          return comesTo(kind, log) === comesTo(kind, shuffled);
        }),
        { numRuns: 200 },
      ),
  };
}

function comesTo(kind: Kind, log: readonly Entry[]): string {
  const state = log.reduce((before, { op }) => kind.merge(before, op, contextAt(99, 0)), created());
  return stateHash(state);
}

/** A group with the places and messages that the ops of the laws speak of. */
function created(): GroupState {
  const log = new TestLog();
  for (const placeId of ['p1', 'p2']) {
    log.append('places.save', { placeId, name: 'x', lat: 1, lng: 2 }, { madeMs: 0 });
  }
  for (const messageId of ['m1', 'm2', 'm3']) {
    log.append('messages.send', { messageId, text: 'x' }, { madeMs: 0 });
  }
  const { places: saved, messages: sent } = log.group;
  const empty = emptyState('g:road');
  return empty.kind === 'group' ? { ...empty, places: saved, messages: sent } : log.group;
}

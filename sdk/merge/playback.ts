import { compareHlc, zeroHlc } from '../clock/hlc.ts';
import type { PlaybackState } from './states.ts';
import type { MergeStrategy } from './strategy.ts';

export type PlaybackOpType = 'playback.set' | 'repeat.set' | 'shuffle.set';

/**
 * Last controller wins, on the whole record. Merging field by field would let one member's track play from another
 * member's position. Repeat and shuffle are records of their own, so that setting one never undoes a command.
 */
export const playback: MergeStrategy<PlaybackState, PlaybackOpType> = {
  empty: {
    record: { itemId: null, positionMs: 0, atServerMs: 0, playing: false, rate: 1, by: null },
    recordStamp: zeroHlc,
    repeat: 'off',
    repeatStamp: zeroHlc,
    shuffle: false,
    shuffleSeed: 0,
    shuffleFirst: null,
    shuffleStamp: zeroHlc,
  },

  merge(state, op) {
    switch (op.type) {
      case 'playback.set':
        return compareHlc(op.stamp, state.recordStamp) > 0
          ? { ...state, record: { ...op.payload, by: op.authorId }, recordStamp: op.stamp }
          : state;
      case 'repeat.set':
        return compareHlc(op.stamp, state.repeatStamp) > 0
          ? { ...state, repeat: op.payload.mode, repeatStamp: op.stamp }
          : state;
      case 'shuffle.set':
        return compareHlc(op.stamp, state.shuffleStamp) > 0
          ? {
              ...state,
              shuffle: op.payload.on,
              shuffleSeed: op.payload.seed,
              shuffleStamp: op.stamp,
            }
          : state;
    }
  },
};

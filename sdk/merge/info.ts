import { compareHlc, type Hlc } from '../clock/hlc.ts';
import type { GroupInfo, InfoState } from './states.ts';
import type { MergeStrategy } from './strategy.ts';

export type InfoOpType = 'group.create' | 'group.update' | 'group.delete';

/** Name, photo and each policy are fields of their own: the last writer of a field wins it. Deletion is final. */
export const info: MergeStrategy<InfoState, InfoOpType> = {
  empty: {
    info: {
      name: '',
      photoFileId: null,
      policies: { join: 'invited', add: 'everyone', control: 'everyone' },
      createdAtMs: 0,
      deleted: false,
    },
    stamps: {},
  },

  merge(state, op, { at }) {
    switch (op.type) {
      case 'group.create': {
        const written = write(state, op.stamp, op.payload.policies, { name: op.payload.name });
        const { createdAtMs } = state.info;
        if (createdAtMs !== 0) return written;
        return { ...written, info: { ...written.info, createdAtMs: at.atMs } };
      }
      case 'group.update': {
        const { policies, ...fields } = op.payload;
        return write(state, op.stamp, policies ?? {}, fields);
      }
      case 'group.delete':
        return state.info.deleted ? state : { ...state, info: { ...state.info, deleted: true } };
    }
  },
};

function write(
  state: InfoState,
  stamp: Hlc,
  policies: Partial<GroupInfo['policies']>,
  fields: Partial<Pick<GroupInfo, 'name' | 'photoFileId'>>,
): InfoState {
  const stamps: Record<string, Hlc> = { ...state.stamps };
  const wins = (field: string): boolean => {
    if (compareHlc(stamp, stamps[field] ?? ('' as Hlc)) <= 0) return false;
    stamps[field] = stamp;
    return true;
  };
  const won = Object.fromEntries(Object.entries(fields).filter(([field]) => wins(field)));
  const wonPolicies = Object.fromEntries(
    Object.entries(policies).filter(([field]) => wins(`policies.${field}`)),
  );
  if (Object.keys(won).length === 0 && Object.keys(wonPolicies).length === 0) return state;
  return {
    info: { ...state.info, ...won, policies: { ...state.info.policies, ...wonPolicies } },
    stamps,
  };
}

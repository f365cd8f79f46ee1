import { damaged, listIn } from './columns.ts';
import { type Codec, listOf, number, oneOf, rowOf, stamp, text } from './row-codec.ts';
import type { FieldWrite, OpenConflict, UserState } from './states.ts';

export const profileFields = ['name', 'photoFileId', 'aiOptIn'] as const;

/** What `encodeUser` made. @throws {JamzError} `invalid` where it is damaged */
export function decodeUser(json: unknown): Omit<UserState, 'applied' | 'forgottenMs'> {
  const [fields, conflicts] = listIn(json);
  return {
    kind: 'user',
    fields: Object.fromEntries(
      listIn(fields).map((pair) => {
        const [field, write] = listIn(pair);
        return [profileField.decode(field), fieldWrite.decode(write)];
      }),
    ),
    conflicts: openConflicts.decode(conflicts),
  };
}

const profileField = oneOf(profileFields);

/** A cell that may hold text, a switch or nothing. */
const value: Codec<FieldWrite['value']> = {
  encode: (written) => written,
  decode(json) {
    if (typeof json === 'string' || typeof json === 'boolean' || json === null) return json;
    throw damaged('a value is missing');
  },
};

interface FlatWrite extends Omit<FieldWrite, 'base'> {
  readonly generation: number;
  readonly baseSeq: number;
}

const flatWrite = rowOf<FlatWrite>({
  value,
  stamp,
  atMs: number,
  generation: number,
  baseSeq: number,
  replicaId: text,
  number,
  seq: number,
});

export const fieldWrite: Codec<FieldWrite> = {
  encode: ({ base, ...write }) =>
    flatWrite.encode({ ...write, generation: base.generation, baseSeq: base.seq }),
  decode(json) {
    const { generation, baseSeq, ...write } = flatWrite.decode(json);
    return { ...write, base: { generation, seq: baseSeq } };
  },
};

export const openConflicts: Codec<readonly OpenConflict[]> = listOf(
  rowOf<OpenConflict>({
    conflictId: text,
    field: profileField,
    mine: fieldWrite,
    theirs: fieldWrite,
  }),
);

import type { Hlc } from '../clock/hlc.ts';
import { listIn, type Row, rowsIn } from './columns.ts';
import type { FieldWrite, OpenConflict, UserState } from './states.ts';

const profileFields = ['name', 'photoFileId', 'aiOptIn'] as const;

/** `[fields, conflicts]`, fields in a fixed order. */
export function encodeUser({ fields, conflicts }: UserState): unknown {
  return [
    profileFields.flatMap((field) => {
      const write = fields[field];
      return write ? [[field, writeRow(write)]] : [];
    }),
    conflicts.map(({ conflictId, field, mine, theirs }) => [
      conflictId,
      field,
      writeRow(mine),
      writeRow(theirs),
    ]),
  ];
}

/** @throws {JamzError} `invalid` where it is damaged */
export function decodeUser(json: unknown): Omit<UserState, 'applied'> {
  const [fields, conflicts] = listIn(json);
  return {
    kind: 'user',
    fields: Object.fromEntries(
      rowsIn(fields).map((row) => [row.oneOf(0, profileFields), writeIn(row.row(1))]),
    ),
    conflicts: rowsIn(conflicts).map(
      (row): OpenConflict => ({
        conflictId: row.text(0),
        field: row.oneOf(1, profileFields),
        mine: writeIn(row.row(2)),
        theirs: writeIn(row.row(3)),
      }),
    ),
  };
}

function writeRow({ value, stamp, atMs, base, replicaId, number, seq }: FieldWrite): unknown {
  return [value, stamp, atMs, base.generation, base.seq, replicaId, number, seq];
}

function writeIn(row: Row): FieldWrite {
  return {
    value: row.value(0),
    stamp: row.text(1) as Hlc,
    atMs: row.number(2),
    base: { generation: row.number(3), seq: row.number(4) },
    replicaId: row.text(5),
    number: row.number(6),
    seq: row.number(7),
  };
}

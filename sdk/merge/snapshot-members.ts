import type { NumberRanges } from '../protocol/wire.ts';
import { type Row, rowsIn } from './columns.ts';
import { mapFrom } from './sorted-map.ts';
import type { MembersState } from './states.ts';

/** `present` and `former`, a row for each person. */
export function encodeMembers({ present, former }: MembersState): [unknown, unknown] {
  return [
    present
      .toArray()
      .map(({ memberId, name, photoFileId, role, joinedAtMs, incarnation, away = [] }) => [
        memberId,
        name,
        photoFileId,
        role,
        joinedAtMs,
        incarnation,
        away,
      ]),
    [...former].map(([id, { seq, how, name, away = [] }]) => [id, seq, how, name, away]),
  ];
}

/** What {@link encodeMembers} made. @throws {JamzError} `invalid` where it is damaged */
export function decodeMembers(present: unknown, former: unknown): MembersState {
  return {
    present: mapFrom(
      rowsIn(present).map((row) => [
        row.text(0),
        {
          memberId: row.text(0),
          name: row.text(1),
          photoFileId: row.textOrNull(2),
          role: row.oneOf(3, ['owner', 'moderator', 'member']),
          joinedAtMs: row.number(4),
          incarnation: row.number(5),
          ...awayIn(row.rows(6)),
        },
      ]),
    ),
    former: mapFrom(
      rowsIn(former).map((row) => [
        row.text(0),
        {
          seq: row.number(1),
          how: row.oneOf(2, ['left', 'removed', 'banned']),
          name: row.text(3),
          ...awayIn(row.rows(4)),
        },
      ]),
    ),
  };
}

function awayIn(rows: readonly Row[]): { readonly away?: NumberRanges } {
  if (rows.length === 0) return {};
  return { away: rows.map((row) => [row.number(0), row.number(1)]) };
}

import type { NumberRanges } from '../protocol/wire.ts';
import {
  type Codec,
  entriesOf,
  listOf,
  mapOf,
  number,
  oneOf,
  rowOf,
  text,
  textOrNull,
} from './row-codec.ts';
import type { SortedMap } from './sorted-map.ts';
import type { FormerMember, Member, MembersState } from './states.ts';

/** What `encodeMembers` made. @throws {JamzError} `invalid` where it is damaged */
export function decodeMembers(present: unknown, former: unknown): MembersState {
  return { present: presentRows.decode(present), former: formerRows.decode(former) };
}

interface Away {
  readonly away?: NumberRanges;
}

const away: Codec<NumberRanges> = listOf({
  encode: (range) => range,
  decode: (json) => {
    const [from, to] = listOf(number).decode(json);
    return [number.decode(from), number.decode(to)] as const;
  },
});

export const presentRows: Codec<SortedMap<Member>> = mapOf(
  withAway<Member>(
    rowOf<Required<Member>>({
      memberId: text,
      name: text,
      photoFileId: textOrNull,
      role: oneOf(['owner', 'moderator', 'member']),
      joinedAtMs: number,
      incarnation: number,
      away,
    }),
  ),
);
export const formerRows: Codec<SortedMap<FormerMember>> = entriesOf(
  withAway<FormerMember>(
    rowOf<Required<FormerMember>>({
      seq: number,
      how: oneOf(['left', 'removed', 'banned']),
      name: text,
      away,
    }),
  ),
);

/** Who was never away has no such field; the row has an empty list. */
function withAway<T extends Away>(row: Codec<Omit<T, 'away'> & Required<Away>>): Codec<T> {
  return {
    encode: (person) => row.encode({ ...person, away: person.away ?? [] }),
    decode(json) {
      const { away: ranges, ...person } = row.decode(json);
      return { ...person, ...(ranges.length > 0 ? { away: ranges } : {}) } as Omit<T, 'away'> as T;
    },
  };
}

import type { GroupState, Member } from '../../sdk/merge/states.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import type { KeptHistory } from '../history/position-history.ts';
import type { Consenting, Shown } from './consents.ts';

export interface PeopleDeps {
  /** What is kept of somebody: as this process has heard, or as the store has it now. */
  readonly keptOf: (siteId: string, userId: UserId, as: 'told' | 'stored') => Promise<KeptHistory>;
}

/** A member, with what is kept of them. */
export interface Person extends Consenting {
  readonly member: Member;
  readonly kept: KeptHistory;
}

/**
 * Those of a group who were members before a span was over, by their ids.
 *
 * @param among of these alone, and of them what the store has now: whoever is shown to strangers has the last word
 */
export async function peopleOf(
  { keptOf }: PeopleDeps,
  siteId: string,
  { members }: Pick<GroupState, 'members'>,
  untilMs: number,
  among?: ReadonlySet<UserId>,
): Promise<ReadonlyMap<UserId, Person>> {
  const then = [...members.present.values()].filter(
    ({ memberId, joinedAtMs }) => joinedAtMs <= untilMs && (among?.has(memberId) ?? true),
  );
  const people = await Promise.all(
    then.map(async (member): Promise<[UserId, Person]> => {
      const kept = await keptOf(siteId, member.memberId, among ? 'stored' : 'told');
      return [member.memberId, { member, kept }];
    }),
  );
  return new Map(people);
}

/** Of whom it counts that they were there: as members, and as far as anything of them is kept. */
export function countedOf(people: Iterable<Person>, sinceMs: number = 0): Shown {
  return new Map(
    [...people].map(({ member: { memberId, joinedAtMs }, kept }) => {
      return [memberId, Math.max(kept.sinceMs, joinedAtMs, sinceMs)];
    }),
  );
}

/** @throws {JamzError} `forbidden` for who is none */
export function memberOf({ members }: Pick<GroupState, 'members'>, userId: UserId): Member {
  const member = members.present.get(userId);
  if (member) return member;
  throw new JamzError('forbidden', 'Only members of this group see and share its trips');
}

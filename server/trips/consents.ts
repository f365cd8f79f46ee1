import type { Member } from '../../sdk/merge/states.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import type { KeptHistory } from '../history/position-history.ts';
import type { TripAnswerRecord } from '../ports/store.ts';

/** From when on each person is shown; who is not in it is not shown at all. */
export type Shown = ReadonlyMap<UserId, number>;

/** Of whom something may be told, as of now. */
export interface Consenting {
  readonly member: Pick<Member, 'memberId' | 'incarnation' | 'joinedAtMs'>;
  readonly kept: Pick<KeptHistory, 'sinceMs' | 'forgottenMs'>;
}

/**
 * Who is in a shared trip: nobody but who said yes to it as the member that they are now, and has had nothing forgotten
 * since; and of them nothing from before they were that, nor from before their history is kept.
 *
 * @param present those of the group who are members now
 */
export function shownBy(
  answers: readonly TripAnswerRecord[],
  present: ReadonlyMap<UserId, Consenting>,
): Shown {
  const shown = new Map<UserId, number>();
  for (const said of answers) {
    const known = present.get(said.userId);
    if (!known || standing(said, known) !== 'yes') continue;
    shown.set(said.userId, Math.max(known.kept.sinceMs, known.member.joinedAtMs));
  }
  return shown;
}

/** What an answer still says: undefined where it is of another membership, or was taken back with one's history. */
export function standing(
  { answer, incarnation, atMs }: TripAnswerRecord,
  { member, kept }: Consenting,
): TripAnswerRecord['answer'] | undefined {
  if (incarnation !== member.incarnation) return undefined;
  // A no needs no history to stand.
  return answer === 'no' || atMs > kept.forgottenMs ? answer : undefined;
}

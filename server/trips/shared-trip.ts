import type { GroupState, Member } from '../../sdk/merge/states.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import type { Trip, TripLink } from '../../sdk/protocol/trip.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store, TripRecord } from '../ports/store.ts';
import { type Shown, shownBy, standing } from './consents.ts';
import { countedOf, type PeopleDeps, peopleOf } from './people.ts';
import type { TripCodes } from './trip-codes.ts';
import { type TripDeps, tripOf, whoWasThere } from './trip-of.ts';

export interface SharedTripDeps extends TripDeps, PeopleDeps {
  readonly store: Pick<Store, 'log' | 'archive' | 'trips'>;
  readonly clock: Clock;
  readonly codes: TripCodes;
  readonly publicUrl: () => string;
}

/** A link that works, and who is in its trip now. */
export interface OpenTrip {
  readonly trip: TripRecord;
  readonly state: GroupState;
  readonly shown: Shown;
}

/** @throws {JamzError} `gone` for a link that is over */
export async function openTrip(
  deps: SharedTripDeps,
  trip: TripRecord,
  state: GroupState,
): Promise<OpenTrip> {
  if (trip.expiresAtMs <= deps.clock.nowMs() || isOver(trip, state)) throw over();
  const answers = await deps.store.trips.answersTo(trip.tripId);
  const said = new Set(answers.map(({ userId }) => userId));
  const people = await peopleOf(deps, trip.siteId, state, trip.untilMs, said);
  return { trip, state, shown: shownBy(answers, people) };
}

/** Whether its group, or the membership in which it was shared, has ended. */
export function isOver(
  { sharedBy, incarnation }: TripRecord,
  { info, members }: Pick<GroupState, 'info' | 'members'>,
): boolean {
  return info.info.deleted || members.present.get(sharedBy)?.incarnation !== incarnation;
}

/** The trip as whoever has its link sees it. @throws {JamzError} `gone` where nobody is in it */
export async function sharedTrip(
  deps: SharedTripDeps,
  { trip, state, shown }: OpenTrip,
  code: string,
): Promise<Trip> {
  const { groupId, siteId, fromMs, untilMs } = trip;
  const people = await peopleOf(deps, siteId, state, untilMs);
  const isShown = (userId: UserId, atMs: number): boolean =>
    atMs >= (shown.get(userId) ?? Number.POSITIVE_INFINITY);
  const seen = await tripOf(deps, {
    ...{ groupId, state, fromMs, untilMs, placed: shown },
    title: trip.title ?? state.info.info.name,
    counted: countedOf(people.values()),
    isRead: ({ authorId, sentAtMs }) => isShown(authorId, sentAtMs),
    isSeen: ({ userId, atMs }) => isShown(userId, atMs),
    photoUrl: (userId) =>
      state.members.present.get(userId)?.photoFileId
        ? `/v1/trips/${code}/photos/${encodeURIComponent(userId)}`
        : null,
  });
  // What nobody stands for any more, as after their history has gone, is shown to nobody.
  if (seen.travellers.length === 0) throw over();
  // The group's files are for the group.
  return { ...seen, songs: seen.songs.map((song) => ({ ...song, fileId: null })) };
}

/**
 * A link as a member sees it, with what each says of it of whom the member could know that they were there. Who said yes
 * is known to whoever has the link.
 */
export async function tripLink(
  deps: SharedTripDeps,
  trip: TripRecord,
  state: GroupState,
  viewer: Pick<Member, 'memberId' | 'joinedAtMs'>,
): Promise<TripLink> {
  const { tripId: id, groupId, fromMs, untilMs, expiresAtMs, sharedBy } = trip;
  const people = await peopleOf(deps, trip.siteId, state, untilMs);
  const said = new Map<UserId, 'yes' | 'no'>();
  for (const answer of await deps.store.trips.answersTo(id)) {
    const person = people.get(answer.userId);
    const stands = person && standing(answer, person);
    if (stands) said.set(answer.userId, stands);
  }
  const span = { groupId, state, fromMs, untilMs };
  const there = await whoWasThere(deps, span, countedOf(people.values(), viewer.joinedAtMs));
  const isOpen = (userId: UserId): boolean =>
    said.get(userId) === 'yes' || (userId === viewer.memberId && said.has(userId));
  const asked = [...people.keys()].filter((userId) => there.has(userId) || isOpen(userId));
  return {
    ...{ id, title: trip.title ?? state.info.info.name, fromMs, untilMs, expiresAtMs, sharedBy },
    url: `${deps.publicUrl()}/trip?code=${deps.codes.codeOf(id)}`,
    consents: asked.map((userId) => ({ userId, answer: said.get(userId) ?? 'none yet' })),
  };
}

function over(): JamzError {
  return new JamzError('gone', 'This trip is shared no more: ask who sent you the link');
}

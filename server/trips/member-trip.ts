import type { GroupState } from '../../sdk/merge/states.ts';
import type { GroupId, UserId } from '../../sdk/protocol/ids.ts';
import type { Trip } from '../../sdk/protocol/trip.ts';
import type { Actor } from '../access/actor.ts';
import { countedOf, memberOf, type PeopleDeps, peopleOf } from './people.ts';
import { type TripDeps, type TripSpan, tripOf } from './trip-of.ts';

/** A past drive as one member may see it: what each lets the group see, and what the group itself shows them. */
export async function memberTrip(
  deps: TripDeps & PeopleDeps,
  { userId, siteId }: Actor,
  asked: TripSpan & { readonly groupId: GroupId; readonly state: GroupState },
): Promise<Trip> {
  const { state, untilMs } = asked;
  const viewer = memberOf(state, userId);
  const people = await peopleOf(deps, siteId, state, untilMs);
  const placed = new Map<UserId, number>();
  for (const { member, kept } of people.values()) {
    const isOwn = member.memberId === userId;
    if (!isOwn && kept.seenBy !== 'group') continue;
    // Nobody sees of the past what they could not have seen then.
    const bothMs = isOwn ? 0 : Math.max(viewer.joinedAtMs, member.joinedAtMs);
    placed.set(member.memberId, Math.max(kept.sinceMs, bothMs));
  }
  const { away = [] } = viewer;
  return tripOf(deps, {
    ...asked,
    title: state.info.info.name,
    placed,
    counted: countedOf(people.values(), viewer.joinedAtMs),
    isRead: ({ seq }) => !away.some(([from, to]) => from <= seq && seq <= to),
    isSeen: ({ atMs }) => atMs >= viewer.joinedAtMs,
    photoUrl(memberId) {
      const { photoFileId } = state.members.present.get(memberId) ?? {};
      return photoFileId ? `/v1/photos/${photoFileId}/96` : null;
    },
  });
}

import type { GroupState, ScopeState } from '../../sdk/merge/states.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import {
  type FileId,
  type GroupId,
  groupScope,
  newId,
  type UserId,
} from '../../sdk/protocol/ids.ts';
import type { Trip, TripLink } from '../../sdk/protocol/trip.ts';
import type { Actor } from '../access/actor.ts';
import { type AccessRow, rowFor } from '../access/table.ts';
import type { TripRecord } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import { memberTrip } from './member-trip.ts';
import { countedOf, memberOf } from './people.ts';
import { isOver, openTrip, type SharedTripDeps, sharedTrip, tripLink } from './shared-trip.ts';
import { type TripSpan, whoWasThere } from './trip-of.ts';
import { checkSpan, expiryOf } from './trip-terms.ts';

/** Past drives: for members as each may see them, and for whoever has a link, with those who said yes. */
export interface Trips {
  /** @throws {JamzError} as {@link ScopeLogs.admit}; `invalid`; `unavailable` while the time series are away */
  seen(actor: Actor, groupId: GroupId, span: TripSpan): Promise<Trip>;
  /** @throws {JamzError} also `forbidden` to who was not there, `quota-exceeded` beyond twenty links */
  share(actor: Actor, groupId: GroupId, terms: TripTerms): Promise<TripLink>;
  /** Links to drives in whose time the asker was a member; moderators and owners see all of the group's. */
  links(actor: Actor, groupId: GroupId): Promise<readonly TripLink[]>;
  /** @throws {JamzError} also `not-found` for no such trip of theirs, `gone` for one that is over */
  answer(actor: Actor, groupId: GroupId, tripId: string, answer: 'yes' | 'no'): Promise<void>;
  /** @throws {JamzError} also `forbidden` to who did not share it and is neither moderator nor owner */
  end(actor: Actor, groupId: GroupId, tripId: string): Promise<void>;
  /** For whoever has the code. @throws {JamzError} `not-found`, `gone`, `unavailable` */
  byCode(code: string): Promise<Trip>;
  /** The photo of somebody who is in it. @throws {JamzError} as {@link Trips.byCode} */
  photoOf(code: string, userId: UserId): Promise<FileId>;
  /** Forgets links that ended a while ago. */
  tidy(): Promise<void>;
}

export interface TripTerms extends TripSpan {
  readonly title?: string;
  readonly expiresAtMs?: number;
}

export interface TripsDeps extends SharedTripDeps {
  readonly logs: Pick<ScopeLogs, 'admit' | 'viewOf'>;
  /** Numbers in [0, 1), cryptographic. */
  readonly random: () => number;
  /** How long a site keeps history, days. */
  readonly daysOf: (siteId: string) => Promise<number>;
  readonly note: Note;
}

const maxLinks = 20;
/** Who comes with an old link is told that it is over, and not that there never was one. */
const rememberMs = 7 * 24 * 3_600_000;

export function createTrips(deps: TripsDeps): Trips {
  const { store, logs, clock, random, codes, daysOf, note } = deps;
  const rows = {
    seen: rowFor('GET', '/v1/groups/:groupId/trip'),
    links: rowFor('GET', '/v1/groups/:groupId/trips'),
    share: rowFor('POST', '/v1/groups/:groupId/trips'),
    answer: rowFor('PUT', '/v1/groups/:groupId/trips/:tripId/answer'),
    end: rowFor('DELETE', '/v1/groups/:groupId/trips/:tripId'),
  };

  const groupFor = async (actor: Actor, row: AccessRow, groupId: GroupId): Promise<GroupState> =>
    asGroup((await logs.admit(actor, row, groupScope(groupId))).state);

  /** A live link of this group. */
  const ownLink = async (groupId: GroupId, tripId: string): Promise<TripRecord> => {
    const trip = await store.trips.byId(tripId);
    if (trip?.groupId !== groupId) throw new JamzError('not-found', 'There is no such shared trip');
    if (trip.expiresAtMs <= clock.nowMs())
      throw new JamzError('gone', 'This trip is shared no more');
    return trip;
  };

  const found = async (code: string) => {
    const trip = await store.trips.byCodeHash(codes.hashOf(code));
    // Under another AUTH_SECRET no link can be shown to its group again: so none of them works.
    if (!trip || codes.codeOf(trip.tripId) !== code) {
      throw new JamzError('not-found', 'This link is unknown: check its address');
    }
    const { state } = await logs.viewOf(groupScope(trip.groupId));
    return openTrip(deps, trip, asGroup(state));
  };

  return {
    async seen(actor, groupId, span) {
      checkSpan(span);
      const state = await groupFor(actor, rows.seen, groupId);
      return memberTrip(deps, actor, { ...span, groupId, state });
    },

    async share(actor, groupId, { fromMs, title, ...terms }) {
      const { userId, siteId } = actor;
      const nowMs = clock.nowMs();
      // What comes after now is no past drive.
      const untilMs = Math.min(terms.untilMs, nowMs);
      checkSpan({ fromMs, untilMs });
      const state = await groupFor(actor, rows.share, groupId);
      const member = memberOf(state, userId);
      const expiresAtMs = expiryOf({ ...terms, untilMs }, nowMs, await daysOf(siteId));
      const own = { member, kept: await deps.keptOf(siteId, userId, 'stored') };
      const span = { groupId, state, fromMs, untilMs };
      const there = await whoWasThere(deps, span, countedOf([own]));
      if (!there.has(userId)) {
        const message =
          'Only who was there shares a trip: in that time there is neither a place nor a message of yours';
        throw new JamzError('forbidden', message);
      }
      const tripId = newId(random, 20);
      const { incarnation } = member;
      const trip: TripRecord = {
        ...{ tripId, siteId, groupId, title: title ?? null, fromMs, untilMs, sharedBy: userId },
        codeHash: codes.hashOf(codes.codeOf(tripId)),
        ...{ incarnation, createdAtMs: nowMs, expiresAtMs },
      };
      if (!(await store.trips.add(trip, maxLinks))) {
        const message = `This group shares ${maxLinks} trips already: end one of them first`;
        throw new JamzError('quota-exceeded', message);
      }
      await store.trips.answer({ tripId, userId, incarnation, answer: 'yes', atMs: nowMs });
      note('trip-shared', { siteId, actorId: userId, subjectId: tripId });
      return tripLink(deps, trip, state, member);
    },

    async links(actor, groupId) {
      const state = await groupFor(actor, rows.links, groupId);
      const viewer = memberOf(state, actor.userId);
      const links: TripLink[] = [];
      for (const trip of await store.trips.ofGroup(groupId, clock.nowMs())) {
        if (viewer.role === 'member' && viewer.joinedAtMs > trip.untilMs) continue;
        if (codes.hashOf(codes.codeOf(trip.tripId)) !== trip.codeHash) continue;
        if (isOver(trip, state)) continue;
        links.push(await tripLink(deps, trip, state, viewer));
      }
      return links;
    },

    async answer(actor, groupId, tripId, answer) {
      const state = await groupFor(actor, rows.answer, groupId);
      const { incarnation, joinedAtMs } = memberOf(state, actor.userId);
      const trip = await ownLink(groupId, tripId);
      if (joinedAtMs > trip.untilMs) {
        throw new JamzError('not-found', 'You came into this group after that trip');
      }
      const { userId } = actor;
      await store.trips.answer({ tripId, userId, incarnation, answer, atMs: clock.nowMs() });
    },

    async end(actor, groupId, tripId) {
      const state = await groupFor(actor, rows.end, groupId);
      const { userId, siteId } = actor;
      const trip = await ownLink(groupId, tripId);
      if (trip.sharedBy !== userId && memberOf(state, userId).role === 'member') {
        const message = 'Who shared a trip ends it, or an owner or a moderator of the group';
        throw new JamzError('forbidden', message);
      }
      await store.trips.end(tripId, clock.nowMs());
      note('trip-ended', { siteId, actorId: userId, subjectId: tripId });
    },

    byCode: async (code) => sharedTrip(deps, await found(code), code),
    async photoOf(code, userId) {
      const { shown, state } = await found(code);
      const { photoFileId } = state.members.present.get(userId) ?? {};
      if (shown.has(userId) && photoFileId) return photoFileId;
      throw new JamzError('not-found', 'There is no such photo in this trip');
    },
    tidy: () => store.trips.dropExpired(clock.nowMs() - rememberMs),
  };
}

function asGroup(state: ScopeState): GroupState {
  if (state.kind === 'group') return state;
  throw new JamzError('not-found', 'There is no such group');
}

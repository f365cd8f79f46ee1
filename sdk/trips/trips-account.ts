import type { Group, Jamz } from '../api.ts';
import type { Http } from '../auth/http.ts';
import type { Trip, TripLink } from './trip.ts';

/** What a member asks about past drives of a group. */
export type GroupTrips = Pick<
  Group,
  'trip' | 'shareTrip' | 'tripLinks' | 'answerTrip' | 'endTripLink'
>;

export interface TripsAccountDeps {
  readonly server: string;
  readonly http: Http;
}

/** A drive of hours of a whole group is put together from all that there is of it. */
const patienceMs = 30_000;

export function groupTrips({ server, http }: TripsAccountDeps, groupId: string): GroupTrips {
  const group = `groups/${encodeURIComponent(groupId)}`;
  return {
    async trip({ from, until }) {
      const path = `${group}/trip?from=${Math.floor(from)}&until=${Math.ceil(until)}`;
      const options = { expects: isTrip, timeoutMs: patienceMs };
      return located(await http('GET', path, undefined, options), server);
    },
    shareTrip({ from, until, title, expiresAt }) {
      const body = {
        ...{ fromMs: Math.floor(from), untilMs: Math.ceil(until) },
        ...(title === undefined ? {} : { title }),
        ...(expiresAt === undefined ? {} : { expiresAtMs: Math.round(expiresAt) }),
      };
      return http('POST', `${group}/trips`, body, { expects: isLink, timeoutMs: patienceMs });
    },
    tripLinks: () =>
      http('GET', `${group}/trips`, undefined, { expects: isLinks, timeoutMs: patienceMs }),
    async answerTrip(id, answer) {
      await http('PUT', `${group}/trips/${encodeURIComponent(id)}/answer`, { answer });
    },
    async endTripLink(id) {
      await http('DELETE', `${group}/trips/${encodeURIComponent(id)}`);
    },
  };
}

/** The trip of a link, for whoever has it. */
export function linkedTrip({ server, http }: TripsAccountDeps): Jamz['trip'] {
  return async (code) => {
    const path = `trips/${encodeURIComponent(code)}`;
    const options = { expects: isTrip, timeoutMs: patienceMs, bearer: false };
    return located(await http('GET', path, undefined, options), server);
  };
}

/** With whole addresses of photos: the server names the paths, and the page may be anybody's. */
function located(trip: Trip, server: string): Trip {
  const travellers = trip.travellers.map((traveller) => ({
    ...traveller,
    photoUrl: traveller.photoUrl === null ? null : new URL(traveller.photoUrl, server).href,
  }));
  return { ...trip, travellers };
}

function isTrip(json: unknown): json is Trip {
  const { title, fromMs, untilMs, travellers, ...rest } = fieldsOf(json);
  const lists = [rest['songs'], rest['messages'], rest['likes'], rest['gaps']];
  return (
    typeof title === 'string' &&
    [fromMs, untilMs, rest['everyMs'], rest['unseenCount']].every(isFigure) &&
    lists.every(Array.isArray) &&
    Array.isArray(travellers) &&
    travellers.every((one) => Array.isArray(fieldsOf(one)['points']))
  );
}

function isLink(json: unknown): json is TripLink {
  const { id, title, url, expiresAtMs, consents } = fieldsOf(json);
  const texts = [id, title, url];
  return (
    texts.every((one) => typeof one === 'string') &&
    isFigure(expiresAtMs) &&
    Array.isArray(consents)
  );
}

function isLinks(json: unknown): json is readonly TripLink[] {
  return Array.isArray(json) && json.every(isLink);
}

function isFigure(value: unknown): value is number {
  return typeof value === 'number';
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

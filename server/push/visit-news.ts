import { createHash } from 'node:crypto';
import type { GroupState } from '../../sdk/merge/states.ts';
import { type GroupId, groupOfScope, type UserId } from '../../sdk/protocol/ids.ts';
import type { LiveMessage, Visit } from '../../sdk/protocol/wire.ts';
import { LruMap } from '../sync/lru-map.ts';
import type { PushEvent, PushKind } from './push-events.ts';

/** An arrival or departure that this process has not told of yet. */
export interface NewVisit {
  readonly groupId: GroupId;
  readonly memberId: UserId;
  readonly visit: Visit;
}

const maxDevices = 10_000;
/** Of one person and place: two of their devices are one arrival, and who goes to and fro is told of once. */
const onceInMs = 20 * 60_000;

/** Finds in what devices report, again and again, the visits that are new. */
export function createVisitNews(): (message: LiveMessage) => readonly NewVisit[] {
  const known = new LruMap<string, number>(maxDevices);
  return ({ scope, entries }) => {
    const found: NewVisit[] = [];
    for (const { memberId, deviceId, visit } of entries) {
      if (!visit) continue;
      const groupId = groupOfScope(scope);
      const key = `${scope} ${memberId} ${deviceId}`;
      if (groupId === undefined || known.get(key) === visit.atMs) continue;
      known.set(key, visit.atMs);
      found.push({ groupId, memberId, visit });
    }
    return found;
  };
}

/** @returns undefined where the group has no such place: nobody is told of what is not on their map */
export function eventOfVisit(
  { groupId, memberId, visit }: NewVisit,
  state: GroupState,
): PushEvent | undefined {
  const { placeId, kind: turn, atMs } = visit;
  const place = state.places.get(placeId);
  if (!place || place.removed) return undefined;
  const kind: PushKind = turn === 'arrived' ? 'place-reached' : 'place-left';
  return {
    ...{ kind, authorId: memberId, atMs, text: place.name, whenMs: null, sessionId: null },
    opId: shortHash(`${groupId} ${memberId} ${placeId} ${turn} ${atMs}`),
    once: { key: shortHash(`${groupId} ${memberId} ${placeId} ${turn}`), forMs: onceInMs },
  };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 27);
}

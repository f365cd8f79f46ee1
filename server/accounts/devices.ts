import { JamzError } from '../../sdk/protocol/errors.ts';
import type { WireDevice } from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { SessionStore } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';

/** Where a person is signed in. Ending a sign-in ends its tokens, its service worker's and its sockets. */
export interface Devices {
  /** The last used first. */
  list(actor: Actor): Promise<readonly WireDevice[]>;
  /** @throws {JamzError} `not-found` for one that is over, or another person's */
  end(actor: Actor, deviceId: string): Promise<void>;
  /** Ends all but the one that asks. */
  endOthers(actor: Actor): Promise<void>;
  /** Ends the sign-ins of a person that were not used for longest, where there are too many beside this one. */
  keepWithin(user: Pick<Actor, 'siteId' | 'userId'>, familyId: string): Promise<void>;
}

/** Somebody who signs in anew each day for a season; more is a program, or a thief. */
export const maxDevices = 100;

export interface DevicesDeps {
  readonly sessions: SessionStore;
  readonly clock: Clock;
  readonly note: Note;
  /** Told once a sign-in has ended. */
  readonly onEnded: (familyId: string) => void;
}

export function createDevices({ sessions, clock, note, onEnded }: DevicesDeps): Devices {
  const ended = ({ siteId, userId }: Pick<Actor, 'siteId' | 'userId'>, familyId: string): void => {
    onEnded(familyId);
    note('device-ended', { siteId, actorId: userId, subjectId: familyId });
  };
  return {
    async list({ userId, familyId: current }) {
      const families = await sessions.familiesOf(userId, clock.nowMs());
      return families.map(({ familyId, device, createdAtMs, lastUsedAtMs }) => ({
        id: familyId,
        name: device === '' ? 'Unknown device' : device,
        createdAtMs,
        lastUsedAtMs,
        current: familyId === current,
      }));
    },
    async end(actor, deviceId) {
      const families = await sessions.familiesOf(actor.userId, clock.nowMs());
      if (!families.some(({ familyId }) => familyId === deviceId)) {
        throw new JamzError('not-found', 'You are not signed in on this device (any more)');
      }
      await sessions.revokeFamily(deviceId);
      ended(actor, deviceId);
    },
    async endOthers(actor) {
      for (const familyId of await sessions.revokeAllOf(actor.userId, actor.familyId)) {
        ended(actor, familyId);
      }
    },
    async keepWithin(user, current) {
      const families = await sessions.familiesOf(user.userId, clock.nowMs());
      const others = families.filter(({ familyId }) => familyId !== current);
      for (const { familyId } of others.slice(maxDevices - 1)) {
        await sessions.revokeFamily(familyId);
        ended(user, familyId);
      }
    },
  };
}

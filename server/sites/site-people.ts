import { JamzError } from '../../sdk/protocol/errors.ts';
import type { GroupId, UserId } from '../../sdk/protocol/ids.ts';
import type { Erasures } from '../accounts/erasures.ts';
import type { People } from '../accounts/people.ts';
import type { Profiles } from '../accounts/profiles.ts';
import type { MembershipStore, Site, UserRecord, UserStore } from '../ports/store.ts';

/** A person as their site's backend sees them. */
export interface SitePerson {
  readonly id: UserId;
  /** The site's own id; null for who came by themselves. */
  readonly externalId: string | null;
  readonly name: string;
  readonly guest: boolean;
  readonly createdAtMs: number;
  readonly groups: readonly { readonly id: GroupId; readonly role: string }[];
}

/** A site's people, by an id of this server, or as `external:` and the site's own id. */
export interface SitePeople {
  /** @throws {JamzError} `not-found` for nobody of this site */
  find(site: Site, who: string): Promise<UserRecord>;
  /** The person, made where the site names one of its own who is new. @throws {JamzError} `not-found`, `invalid` */
  ensure(site: Site, who: string, name: string | undefined): Promise<UserRecord>;
  describe(user: UserRecord): Promise<SitePerson>;
  /** Erases somebody for good. Quiet for nobody. */
  erase(site: Site, who: string, alsoFiles: boolean): Promise<void>;
}

export interface SitePeopleDeps {
  readonly users: UserStore;
  readonly memberships: Pick<MembershipStore, 'ofUser'>;
  readonly people: Pick<People, 'fromHost'>;
  readonly profiles: Profiles;
  readonly erasures: Pick<Erasures, 'erase'>;
}

const externalMark = 'external:';

export function createSitePeople(deps: SitePeopleDeps): SitePeople {
  const { users } = deps;

  async function look({ siteId }: Site, who: string): Promise<UserRecord | undefined> {
    if (who.startsWith(externalMark)) {
      return users.byExternalId(siteId, who.slice(externalMark.length));
    }
    const user = await users.byId(who);
    return user?.siteId === siteId ? user : undefined;
  }

  return {
    async find(site, who) {
      const user = await look(site, who);
      if (user) return user;
      throw new JamzError('not-found', 'There is no such person on this site');
    },

    async ensure(site, who, name) {
      const user = await look(site, who);
      if (user) return user;
      const externalId = who.startsWith(externalMark) ? who.slice(externalMark.length) : '';
      if (externalId.trim() === '' || externalId.length > 200) {
        throw new JamzError('not-found', 'There is no such person on this site');
      }
      if (name === undefined) {
        throw new JamzError('invalid', 'name is missing: this person is new here');
      }
      const made = await deps.people.fromHost(site, { externalId, name });
      return { ...made, name: await deps.profiles.introduce(made.userId, name) };
    },

    async describe({ userId, externalId, name, guest, createdAtMs }) {
      const groups = await deps.memberships.ofUser(userId);
      return {
        ...{ id: userId, externalId, name, guest, createdAtMs },
        groups: groups.map(({ groupId, role }) => ({ id: groupId, role })),
      };
    },

    async erase(site, who, alsoFiles) {
      const user = await look(site, who);
      if (user) await deps.erasures.erase(user.userId, { alsoFiles });
    },
  };
}

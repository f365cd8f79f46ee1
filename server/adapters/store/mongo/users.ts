import type { UserRecord, UserStore } from '../../../ports/store.ts';
import type { Collections, UserDocument } from './documents.ts';
import { isDuplicate } from './failures.ts';
import type { Gate } from './gate.ts';

export function createUsers({ users }: Collections, gate: Gate): UserStore {
  const findOne = async (filter: Partial<UserDocument>): Promise<UserRecord | undefined> => {
    const found = await gate.run((within) => users.findOne(filter, within));
    return found ? toUser(found) : undefined;
  };
  /** @returns whether there was such a user; `taken` where what shall be written is another's */
  const change = async (
    filter: Partial<UserDocument>,
    changes: Partial<UserDocument>,
  ): Promise<boolean | 'taken'> => {
    try {
      const update = { $set: changes };
      const { matchedCount } = await gate.run((within) => users.updateOne(filter, update, within));
      return matchedCount > 0;
    } catch (error) {
      if (isDuplicate(error)) return 'taken';
      throw error;
    }
  };

  return {
    byId: (userId) => findOne({ _id: userId }),
    byEmail: (siteId, email) => findOne({ siteId, emailKey: emailKeyOf({ email, userId: '' }) }),
    byExternalId: (siteId, externalId) =>
      findOne({ siteId, externalKey: externalKeyOf({ externalId, userId: '' }) }),
    async create(user) {
      try {
        await gate.run((within) => users.insertOne(userDocument(user), within));
        return 'written';
      } catch (error) {
        if (isDuplicate(error)) return 'taken';
        throw error;
      }
    },
    async rename(userId, name) {
      await change({ _id: userId }, { name });
    },
    async upgrade(userId, { name, email, passwordHash }) {
      const account = { name, email, passwordHash, emailKey: emailKeyOf({ email, userId }) };
      const outcome = await change({ _id: userId, guest: true }, { guest: false, ...account });
      if (outcome === 'taken') return outcome;
      return outcome ? 'written' : 'no-guest';
    },
    async verifyEmail(userId, email, atMs) {
      const first = { _id: userId, email, emailVerifiedAtMs: null };
      if (await change(first, { emailVerifiedAtMs: atMs })) return true;
      return (await findOne({ _id: userId, email })) !== undefined;
    },
    async setPassword(userId, passwordHash) {
      await change({ _id: userId }, { passwordHash });
    },
    async changeEmail(userId, email, emailVerifiedAtMs) {
      const known = await findOne({ _id: userId });
      if (!known || known.email === null) return 'no-account';
      const account = { email, emailVerifiedAtMs, emailKey: emailKeyOf({ email, userId }) };
      const outcome = await change({ _id: userId, guest: false }, account);
      if (outcome === 'taken') return outcome;
      return outcome ? 'written' : 'no-account';
    },
  };
}

export function userDocument({ userId: _id, ...user }: UserRecord): UserDocument {
  const of = { userId: _id, ...user };
  return { _id, ...user, emailKey: emailKeyOf(of), externalKey: externalKeyOf(of) };
}

/** Unique within the site also where there is no address. */
export function emailKeyOf({ userId, email }: Pick<UserRecord, 'userId' | 'email'>): string {
  return email === null ? `none ${userId}` : `is ${email}`;
}

export function externalKeyOf({
  userId,
  externalId,
}: Pick<UserRecord, 'userId' | 'externalId'>): string {
  return externalId === null ? `none ${userId}` : `is ${externalId}`;
}

function toUser(document: UserDocument): UserRecord {
  const { _id: userId, emailKey: _email, externalKey: _external, erasure: _, ...user } = document;
  return { userId, ...user };
}

import type { UserId } from '../../sdk/protocol/ids.ts';

export interface UserRecord {
  readonly userId: UserId;
  readonly siteId: string;
  readonly name: string;
  readonly guest: boolean;
  /** Lower case; null for guests and host-signed identities. Unique within a site. */
  readonly email: string | null;
  /** When the person showed that the mails of this address reach them; null before, and where there is no address. */
  readonly emailVerifiedAtMs: number | null;
  /** PHC string of argon2id; null where there is none. */
  readonly passwordHash: string | null;
  /** Subject of the host's own identity, unique within a site. */
  readonly externalId: string | null;
  readonly createdAtMs: number;
}

export interface UserStore {
  byId(userId: UserId): Promise<UserRecord | undefined>;
  byEmail(siteId: string, email: string): Promise<UserRecord | undefined>;
  byExternalId(siteId: string, externalId: string): Promise<UserRecord | undefined>;
  /** @returns `taken` when the e-mail or external id is another's: nothing was written */
  create(user: UserRecord): Promise<'written' | 'taken'>;
  /** Changes the name, and nothing that another request changes meanwhile. Quiet for nobody. */
  rename(userId: UserId, name: string): Promise<void>;
  /**
   * Gives a guest an address and a password, once: of two that come together one is second.
   *
   * @returns `taken` when the address is another's, `no-guest` for who is no guest (any more): nothing was written
   */
  upgrade(
    userId: UserId,
    account: { readonly name: string; readonly email: string; readonly passwordHash: string },
  ): Promise<'written' | 'taken' | 'no-guest'>;
  /** Notes that the address is this person's, where it still is the one of the account. @returns whether it is */
  verifyEmail(userId: UserId, email: string, atMs: number): Promise<boolean>;
  /** Changes the password, and nothing that another request changes meanwhile. */
  setPassword(userId: UserId, passwordHash: string): Promise<void>;
  /**
   * Gives an account another address, which its person has shown to be theirs.
   *
   * @returns `taken` when the address is another's, `no-account` for guests and nobody: nothing was written
   */
  changeEmail(
    userId: UserId,
    email: string,
    verifiedAtMs: number,
  ): Promise<'written' | 'taken' | 'no-account'>;
}

/** One refresh token of a family; single use. */
export interface RefreshRecord {
  readonly tokenHash: string;
  readonly familyId: string;
  readonly userId: UserId;
  readonly expiresAtMs: number;
  /** Set once it was used, with the successor it led to. */
  readonly usedAtMs: number | null;
  readonly successorHash: string | null;
}

/** One sign-in: all the tokens that descend from it. */
export interface FamilyRecord {
  readonly familyId: string;
  readonly userId: UserId;
  /** Coarse: browser and operating system, as `Firefox on Android`. */
  readonly device: string;
  readonly createdAtMs: number;
  /** When its refresh token was last traded. */
  readonly lastUsedAtMs: number;
}

export interface SessionStore {
  get(tokenHash: string): Promise<RefreshRecord | undefined>;
  /** Begins a family with its first token. */
  create(
    record: RefreshRecord,
    from: { readonly device: string; readonly atMs: number },
  ): Promise<void>;
  /** Marks `tokenHash` used and creates its successor, once. @returns `used` when someone was first */
  rotate(tokenHash: string, successor: RefreshRecord, atMs: number): Promise<'rotated' | 'used'>;
  revokeFamily(familyId: string): Promise<void>;
  familyAlive(familyId: string): Promise<boolean>;
  /** @returns undefined for one that was ended */
  familyOf(familyId: string): Promise<FamilyRecord | undefined>;
  /** Families that still have a token to trade, the last used first. */
  familiesOf(userId: UserId, nowMs: number): Promise<readonly FamilyRecord[]>;
  /** Ends all families of a person but one. @returns those that were alive */
  revokeAllOf(userId: UserId, but?: string): Promise<readonly string[]>;
  dropExpired(nowMs: number): Promise<void>;
}

export type OneTimePurpose = 'verify-email' | 'reset-password' | 'change-email';

/** What came by mail and works once; only its hash is kept. */
export interface OneTimeToken {
  readonly tokenHash: string;
  readonly purpose: OneTimePurpose;
  readonly userId: UserId;
  /** The address that the mail went to: the token says nothing of any other. */
  readonly email: string;
  readonly expiresAtMs: number;
}

export interface OneTimeTokenStore {
  create(token: OneTimeToken): Promise<void>;
  /** The token, which is gone with that; undefined for one that is unknown, of another purpose, expired or taken. */
  take(
    tokenHash: string,
    purpose: OneTimePurpose,
    nowMs: number,
  ): Promise<OneTimeToken | undefined>;
  /** Forgets what a person was sent for this purpose. */
  dropOf(userId: UserId, purpose: OneTimePurpose): Promise<void>;
  dropExpired(nowMs: number): Promise<void>;
}

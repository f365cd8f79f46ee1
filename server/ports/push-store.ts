import type { UserId } from '../../sdk/protocol/ids.ts';

/** One browser that shows push messages of one person. */
export interface PushSubscriptionRecord {
  /** SHA-256 of the endpoint, hex: who has it cannot send. */
  readonly subscriptionId: string;
  readonly userId: UserId;
  readonly siteId: string;
  /** The sign-in it was made in: it ends with it. */
  readonly familyId: string;
  /** Where the browser's push service takes messages; a secret, as who knows it can send. */
  readonly endpoint: string;
  /** The browser's keys, base64url. */
  readonly p256dh: string;
  readonly auth: string;
  /** What the words are in, as `en`. */
  readonly language: string;
  /** Where a tap leads: a page of the site it was made on. */
  readonly page: string;
  readonly createdAtMs: number;
}

/** Browsers that show push messages, and which messages were sent. */
export interface PushStore {
  /** Takes the place of what is known of the same endpoint, whoever it was of. */
  put(record: PushSubscriptionRecord): Promise<void>;
  get(subscriptionId: string): Promise<PushSubscriptionRecord | undefined>;
  /** Of all of them, in no order. */
  ofUsers(userIds: readonly UserId[]): Promise<readonly PushSubscriptionRecord[]>;
  drop(subscriptionId: string): Promise<void>;
  /** All that were made in a sign-in. */
  dropOfFamily(familyId: string): Promise<void>;
  /** True for the first who asks, of however many processes, until `expiresAtMs`. */
  claim(key: string, expiresAtMs: number): Promise<boolean>;
  /** Gives a claim back: the next who asks is the first. */
  unclaim(key: string): Promise<void>;
  /** Forgets the claims that expired at or before `nowMs`. */
  dropExpired(nowMs: number): Promise<void>;
}

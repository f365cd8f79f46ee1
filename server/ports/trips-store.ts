import type { GroupId, UserId } from '../../sdk/protocol/ids.ts';

/** A past drive that its group shares by a link. What is in it lies in logs and history and is read anew each time. */
export interface TripRecord {
  readonly tripId: string;
  readonly siteId: string;
  readonly groupId: GroupId;
  /** SHA-256 of the code that leads to it, hex. */
  readonly codeHash: string;
  /** What its sharer called it; null: as the group is called. */
  readonly title: string | null;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly sharedBy: UserId;
  /** The membership in which it was shared: it ends with it. */
  readonly incarnation: number;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

/** What somebody who was there says of being in a shared trip. */
export interface TripAnswerRecord {
  readonly tripId: string;
  readonly userId: UserId;
  /** The membership in which it was said: it counts in no other. */
  readonly incarnation: number;
  readonly answer: 'yes' | 'no';
  readonly atMs: number;
}

/** Links to shared trips, and who said yes and no to them. */
export interface TripStore {
  /**
   * Keeps a new link where its group has fewer than `atMost` that expire after it was made, however many processes ask
   * at once.
   *
   * @returns whether it was kept; where several ask for the last place, none of them may get it
   */
  add(trip: TripRecord, atMost: number): Promise<boolean>;
  byId(tripId: string): Promise<TripRecord | undefined>;
  byCodeHash(codeHash: string): Promise<TripRecord | undefined>;
  /** Those that expire after `nowMs`, the oldest first. */
  ofGroup(groupId: GroupId, nowMs: number): Promise<readonly TripRecord[]>;
  /** Those that somebody shared and that are still kept, the oldest first. */
  sharedBy(userId: UserId): Promise<readonly TripRecord[]>;
  /** Takes the place of what the same person said before. */
  answer(answer: TripAnswerRecord): Promise<void>;
  /** In the order of who gave them. */
  answersTo(tripId: string): Promise<readonly TripAnswerRecord[]>;
  answersOf(userId: UserId): Promise<readonly TripAnswerRecord[]>;
  /** Ends a link now: it stays known as one that has expired, without its title and its answers. */
  end(tripId: string, atMs: number): Promise<void>;
  /** Forgets links that expired at or before this time, with what was said to them. */
  dropExpired(beforeMs: number): Promise<void>;
}

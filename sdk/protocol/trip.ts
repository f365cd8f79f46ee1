import type { FileId, UserId } from './ids.ts';

/**
 * A past drive of a group, with those in it who agreed to that. Times are ms since 1970, lists in the order of their
 * time. Nothing in it is finer than it was shared.
 */
export interface Trip {
  /** What its sharer called it, else the group's name. */
  readonly title: string;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly travellers: readonly TripTraveller[];
  /** How many were there and are not in it, because they said no or have not said yes. */
  readonly unseenCount: number;
  readonly songs: readonly TripSong[];
  readonly messages: readonly TripMessage[];
  readonly likes: readonly TripLike[];
  /** Of a long drive there is one point of each traveller in so many ms; 1: every one. */
  readonly everyMs: number;
  /** When points may be missing that were shared. */
  readonly gaps: readonly { readonly fromMs: number; readonly untilMs: number }[];
}

/** Somebody in a trip, and where they were. */
export interface TripTraveller {
  readonly userId: UserId;
  readonly name: string;
  /** An address that shows without a sign-in and ends; null: no photo. */
  readonly photoUrl: string | null;
  readonly points: readonly TripPoint[];
}

/** Where a traveller was. */
export interface TripPoint {
  readonly atMs: number;
  /** Degrees, WGS 84. */
  readonly lat: number;
  readonly lng: number;
  /** Radius in metres of 68 %. */
  readonly accuracyM: number;
  readonly mode: 'precise' | 'coarse';
}

/** A song that the group heard. */
export interface TripSong {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly title: string;
  readonly artist: string | null;
  /** Its file, where it was uploaded, for its artwork; null: it is at an address of the site's own, or this is a link's. */
  readonly fileId: FileId | null;
}

/** What was written on the way. */
export interface TripMessage {
  readonly atMs: number;
  readonly userId: UserId;
  readonly text: string;
}

/** A song that was liked on the way. */
export interface TripLike {
  readonly atMs: number;
  readonly userId: UserId;
  readonly title: string;
}

/** A trip that its group shares by a link. */
export interface TripLink {
  readonly id: string;
  readonly title: string;
  readonly fromMs: number;
  readonly untilMs: number;
  /** The page that shows it to whoever has the address, until it expires. */
  readonly url: string;
  readonly expiresAtMs: number;
  readonly sharedBy: UserId;
  /** Those who were there: only who said yes is in it. */
  readonly consents: readonly TripConsent[];
}

/** What somebody who was there says of being in a shared trip. */
export interface TripConsent {
  readonly userId: UserId;
  readonly answer: 'yes' | 'no' | 'none yet';
}

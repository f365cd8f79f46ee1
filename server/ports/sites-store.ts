import type { Scope } from '../../sdk/protocol/ids.ts';

/** What a site may use. Each figure is a ceiling. */
export interface SiteQuotas {
  /** Groups that are not deleted. */
  readonly groups: number;
  /** Memberships of all its groups together. */
  readonly members: number;
  /** Ops that its people push in one UTC day. */
  readonly opsPerDay: number;
  /** Bytes of its uploaded tracks. */
  readonly storageBytes: number;
  /** Sockets open at once, in all server processes together. */
  readonly sockets: number;
}

/** What a site tells its own backend. */
export const webhookTypes = [
  'member.joined',
  'track.added',
  'session.started',
  'report.filed',
  'quota.near',
] as const;

export type WebhookType = (typeof webhookTypes)[number];

/** Where a site's backend is told of what happens, and asked for the addresses of its own tracks. */
export interface SiteWebhooks {
  /** Told of events; null for none. */
  readonly url: string | null;
  readonly types: readonly WebhookType[];
  /** Asked for the address of a track of the site's own catalogue; null for none. */
  readonly resolveTrackUrl: string | null;
  /** Nothing that happened before is told. */
  readonly sinceMs: number;
  /** How often they were changed; absent for 0. */
  readonly revision?: number;
  /** What it signs with, under AES-256-GCM. */
  readonly sealedSecret: string;
  /** The one before, which signs as well until its time. */
  readonly previous: { readonly sealedSecret: string; readonly untilMs: number } | null;
}

/** A secret that was replaced and is good for a while yet. */
export interface ReplacedSecret {
  readonly hash: string;
  readonly sealed: string | null;
  readonly untilMs: number;
}

/** Something that happened on a site, as its backend is told. Ids only: names are looked up when it is sent. */
export interface WebhookEvent {
  /** The same however often it is noticed, and sent. */
  readonly eventId: string;
  readonly siteId: string;
  readonly type: WebhookType;
  readonly atMs: number;
  readonly data: Readonly<Record<string, string | number | null>>;
}

export type DeliveryState = 'waiting' | 'delivered' | 'dead';

/** An event on its way. */
export interface WebhookDelivery extends WebhookEvent {
  readonly state: DeliveryState;
  readonly attempts: number;
  /** When it is tried next; while it is being sent, when another process may take it over. */
  readonly nextAtMs: number;
  /** What the last attempt came to; null before, and where it was taken. */
  readonly problem: string | null;
  /** When it was last tried; null before. */
  readonly triedAtMs: number | null;
}

/** What one attempt came to. */
export type DeliveryOutcome = Pick<
  WebhookDelivery,
  'state' | 'attempts' | 'nextAtMs' | 'problem'
> & { readonly triedAtMs: number };

/** Events that wait for a site's backend, were taken, or given up. */
export interface WebhookOutboxStore {
  /** Those that are new. One that is known is left as it is, in whatever state. */
  add(events: readonly WebhookEvent[]): Promise<void>;
  /** Sites that have something to send, in no order, at most `limit`. */
  dueSites(nowMs: number, limit: number): Promise<readonly string[]>;
  /** Takes what is due for a site, the oldest first, so that no other process sends it before `untilMs`. */
  claim(
    siteId: string,
    nowMs: number,
    untilMs: number,
    limit: number,
  ): Promise<readonly WebhookDelivery[]>;
  settle(eventId: string, outcome: DeliveryOutcome): Promise<void>;
  /** The newest first, at most `limit`. @param after the last one of the page before */
  list(
    asked: {
      readonly siteId?: string;
      readonly state?: DeliveryState;
      readonly after?: Pick<WebhookDelivery, 'atMs' | 'eventId'>;
    },
    limit: number,
  ): Promise<readonly WebhookDelivery[]>;
  /** Puts given-up ones of a site back to the start. @param eventId only this one. @returns how many */
  retry(siteId: string, nowMs: number, eventId?: string): Promise<number>;
  /** Forgets those that were taken before `deliveredMs`, and those given up before `deadMs`. */
  dropOld(deliveredMs: number, deadMs: number): Promise<void>;
  /** How far a log has been looked through for events; undefined where nobody has. */
  seenTo(scope: Scope): Promise<{ readonly generation: number; readonly seq: number } | undefined>;
  /** Notes that, where it is further on than what is noted. */
  noteSeen(scope: Scope, generation: number, seq: number): Promise<void>;
}

/** The answer that a request under an idempotency key got. */
export interface KeptAnswer {
  readonly status: number;
  /** JSON, sealed; null where it carried nothing. */
  readonly body: string | null;
}

/** What is known of an idempotency key when a request comes with it. */
export type IdempotencyState =
  | { readonly kind: 'mine' }
  | { readonly kind: 'under-way' }
  /** The key was used for something else. */
  | { readonly kind: 'other' }
  | { readonly kind: 'done'; readonly answer: KeptAnswer };

export interface IdempotencyStore {
  /**
   * Takes a key for one request, once, until `expiresAtMs`. One that was taken before `abandonedMs` and never answered
   * is taken over.
   *
   * @param fingerprint of the request: the same key for another is `other`
   */
  begin(claim: {
    readonly siteId: string;
    readonly key: string;
    readonly fingerprint: string;
    readonly nowMs: number;
    readonly expiresAtMs: number;
    readonly abandonedMs: number;
  }): Promise<IdempotencyState>;
  /** Keeps the answer. */
  finish(siteId: string, key: string, answer: KeptAnswer): Promise<void>;
  /** Gives the key back: the request changed nothing. */
  release(siteId: string, key: string): Promise<void>;
  dropExpired(nowMs: number): Promise<void>;
}

/** What a site uses. */
export interface UsageStore {
  /** Counted when asked. */
  countsOf(siteId: string): Promise<Pick<SiteQuotas, 'groups' | 'members' | 'storageBytes'>>;
  /** Adds to a UTC day, as `2026-11-23`. @returns the sum of that day, of all processes */
  addOps(siteId: string, day: string, count: number): Promise<number>;
  /** Forgets the days before. */
  dropBefore(day: string): Promise<void>;
}

import type { Clock } from '../ports/clock.ts';
import { type Outbound, type OutboundAnswer, OutboundError } from '../ports/outbound.ts';
import type {
  DeliveryOutcome,
  SiteStore,
  SiteWebhooks,
  UserStore,
  WebhookDelivery,
  WebhookOutboxStore,
} from '../ports/store.ts';
import type { Timers } from '../ports/timers.ts';
import { signedHeaders } from './webhook-signature.ts';

export interface WebhookSenderDeps {
  readonly outbox: WebhookOutboxStore;
  readonly sites: Pick<SiteStore, 'byId'>;
  readonly users: Pick<UserStore, 'byId'>;
  readonly outbound: Pick<Outbound, 'post'>;
  readonly secretsOf: (webhooks: SiteWebhooks) => readonly string[];
  readonly clock: Clock;
  readonly timers: Timers;
  /** Numbers in [0, 1): spreads attempts. */
  readonly random: () => number;
  readonly onBug: (error: unknown) => void;
}

/** Sends what waits in the outbox, at least once each, in no promised order. */
export interface WebhookSender {
  /** Something may be due. */
  poke(): void;
  /** Resolves when nothing is being sent. */
  settled(): Promise<void>;
  /** Begins nothing more. What is under way is sent again by another process, under its id. */
  close(): Promise<void>;
}

export const maxAttempts = 12;
const firstPauseMs = 5_000;
const longestPauseMs = 6 * 3_600_000;
const timeoutMs = 10_000;
/** Longer than an attempt: then its process is dead. */
const leaseMs = 60_000;
const lookEveryMs = 5_000;
const maxSitesAtOnce = 32;
const perSiteAtOnce = 8;
/** A receiver that failed is left alone so long, whatever else waits for it. */
const restMs = 5_000;

/**
 * How long to wait after so many failed attempts: 5 s, 15 s, 45 s … up to 6 h, a fifth more or less, so that twelve
 * attempts take about a day.
 */
export function pauseMs(attempts: number, random: () => number): number {
  const pause = Math.min(firstPauseMs * 3 ** (attempts - 1), longestPauseMs);
  return Math.round(pause * (0.8 + random() * 0.4));
}

export function createWebhookSender(deps: WebhookSenderDeps): WebhookSender {
  const { outbox, sites, clock, timers, random, onBug } = deps;
  const busy = new Map<string, Promise<void>>();
  const resting = new Map<string, number>();
  let looking: Promise<void> | undefined;
  let isPoked = false;
  let closed = false;

  async function lookUp(): Promise<void> {
    const nowMs = clock.nowMs();
    for (const [siteId, untilMs] of resting) if (untilMs <= nowMs) resting.delete(siteId);
    for (const siteId of await outbox.dueSites(nowMs, 1_000)) {
      if (closed || busy.size >= maxSitesAtOnce) return;
      if (busy.has(siteId) || resting.has(siteId)) continue;
      const work = sendAllOf(siteId)
        .catch((error: unknown) => {
          if (!closed) onBug(error);
        })
        .finally(() => {
          busy.delete(siteId);
          poke();
        });
      busy.set(siteId, work);
    }
  }

  function poke(): void {
    isPoked = true;
    if (looking || closed) return;
    isPoked = false;
    looking = lookUp()
      .catch((error: unknown) => {
        if (!closed) onBug(error);
      })
      .finally(() => {
        looking = undefined;
        if (isPoked) poke();
      });
  }

  async function sendAllOf(siteId: string): Promise<void> {
    const webhooks = (await sites.byId(siteId))?.webhooks;
    while (!closed && !resting.has(siteId)) {
      const nowMs = clock.nowMs();
      const claimed = await outbox.claim(siteId, nowMs, nowMs + leaseMs, perSiteAtOnce);
      if (claimed.length === 0) return;
      await Promise.all(claimed.map((delivery) => sendOne(delivery, webhooks)));
    }
  }

  async function sendOne(
    delivery: WebhookDelivery,
    webhooks: SiteWebhooks | null | undefined,
  ): Promise<void> {
    const outcome = webhooks?.url
      ? await attempt(delivery, webhooks, webhooks.url)
      : dead(delivery, 'The site has no address for webhooks');
    if (outcome.state !== 'delivered') resting.set(delivery.siteId, clock.nowMs() + restMs);
    // Its lease ends, and then another process sends it.
    if (!closed) await outbox.settle(delivery.eventId, outcome);
  }

  async function attempt(
    delivery: WebhookDelivery,
    webhooks: SiteWebhooks,
    url: string,
  ): Promise<DeliveryOutcome> {
    const attempts = delivery.attempts + 1;
    try {
      const body = JSON.stringify(await messageOf(delivery, deps.users));
      const signed = signedHeaders(delivery.eventId, body, clock.nowMs(), deps.secretsOf(webhooks));
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'TrafficJamz',
        ...signed,
      };
      const answer = await deps.outbound.post({
        url,
        headers,
        body,
        timeoutMs,
        maxAnswerBytes: 1_024,
      });
      return outcomeOf(answer, delivery, attempts);
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      return later({ ...delivery, attempts }, error.message);
    }
  }

  function outcomeOf(
    { status, retryAfterMs = 0 }: OutboundAnswer,
    delivery: WebhookDelivery,
    attempts: number,
  ): DeliveryOutcome {
    const triedAtMs = clock.nowMs();
    if (status >= 200 && status < 300) {
      return { state: 'delivered', attempts, nextAtMs: 0, problem: null, triedAtMs };
    }
    const problem = `It answered ${status}`;
    // 410: the receiver wants to hear no more of it.
    if (status === 410) return dead({ ...delivery, attempts }, problem);
    return later({ ...delivery, attempts }, problem, Math.min(retryAfterMs, longestPauseMs));
  }

  function later(delivery: WebhookDelivery, problem: string, leastPauseMs = 0): DeliveryOutcome {
    const { attempts } = delivery;
    if (attempts >= maxAttempts) return dead(delivery, problem);
    const triedAtMs = clock.nowMs();
    const nextAtMs = triedAtMs + Math.max(pauseMs(attempts, random), leastPauseMs);
    return { state: 'waiting', attempts, nextAtMs, problem, triedAtMs };
  }

  function dead({ attempts }: WebhookDelivery, problem: string): DeliveryOutcome {
    return { state: 'dead', attempts, nextAtMs: 0, problem, triedAtMs: clock.nowMs() };
  }

  const endLooking = timers.every(lookEveryMs, poke);
  return {
    poke,
    async settled() {
      while (looking || busy.size > 0) await Promise.all([looking, ...busy.values()]);
    },
    async close() {
      closed = true;
      endLooking();
      await looking;
    },
  };
}

/** The body: names and the site's own ids of people are looked up now, so that erasing them finds nothing here. */
async function messageOf(
  { type, atMs, data }: WebhookDelivery,
  users: Pick<UserStore, 'byId'>,
): Promise<object> {
  const ids = [data['memberId'], data['addedBy'], data['startedBy'], data['reporterId']];
  const people = [];
  for (const id of new Set(ids)) {
    const user = typeof id === 'string' ? await users.byId(id) : undefined;
    if (user) people.push({ id: user.userId, name: user.name, externalId: user.externalId });
  }
  return { type, timestamp: new Date(atMs).toISOString(), data: { ...data, people } };
}

import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Bus } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import type { Site, SiteQuotas, SiteStore, UsageStore } from '../ports/store.ts';
import type { Timers } from '../ports/timers.ts';
import { createSiteSockets } from './site-sockets.ts';

export type QuotaName = keyof SiteQuotas;

/** A site's use of one quota. */
export interface QuotaUse {
  readonly used: number;
  readonly limit: number;
  /** Four fifths are used: its people are told. */
  readonly near: boolean;
}

/** What sites may use. Kept at the edge: a site that has reached a quota loses nothing that it has. */
export interface Quotas {
  usageOf(site: Site): Promise<Readonly<Record<QuotaName, QuotaUse>>>;
  /** @throws {JamzError} `quota-exceeded` unless the site may have so many more. A few too many can come at once. */
  admit(siteId: string, name: CountedQuota, more: number): Promise<void>;
  /** @throws {JamzError} `quota-exceeded` where the site's people have written all that they may today */
  admitOps(siteId: string, more: number): void;
  /** Counts what was written. */
  wroteOps(siteId: string, count: number): void;
  /**
   * Counts a socket, with those of the other processes.
   *
   * @returns to be called once it is closed. @throws {JamzError} `quota-exceeded`
   */
  openSocket(siteId: string): Promise<() => void>;
  /** Tells the other processes, and hears of them. */
  share(): Promise<void>;
  close(): Promise<void>;
}

export type CountedQuota = 'groups' | 'members' | 'storageBytes';

export interface QuotasDeps {
  readonly sites: Pick<SiteStore, 'byId'>;
  readonly usage: UsageStore;
  readonly clock: Clock;
  readonly timers: Pick<Timers, 'every'>;
  readonly bus: Pick<Bus, 'publish' | 'subscribe'>;
  /** This process, as the others call it. */
  readonly processId: string;
  readonly defaults?: SiteQuotas;
  /** Told once a day at most by this process. */
  readonly onNear: (siteId: string, day: string, name: QuotaName, use: QuotaUse) => void;
  readonly onBug: (error: unknown) => void;
}

/** Wide enough that nobody honest meets them; an operator sets others with `sites quotas`. */
export const defaultQuotas: SiteQuotas = {
  groups: 100_000,
  members: 1_000_000,
  opsPerDay: 20_000_000,
  storageBytes: 200_000_000_000,
  sockets: 20_000,
};

/** Of sites that people register for themselves. */
export const selfServiceQuotas: SiteQuotas = {
  groups: 200,
  members: 2_000,
  opsPerDay: 200_000,
  storageBytes: 5_000_000_000,
  sockets: 500,
};

const dayMs = 86_400_000;
const nearShare = 0.8;
const countsLiveMs = 10_000;
const limitsLiveMs = 5_000;
const shareEveryMs = 5_000;
/** A quota may be raised: who waits for midnight asks before. */
const longestWaitMs = 600_000;

interface Day {
  readonly day: string;
  /** What all processes had written when that was last asked. */
  readonly shared: number;
  /** What this one has written since. */
  readonly own: number;
}

export function createQuotas(deps: QuotasDeps): Quotas {
  const { sites, usage, clock, defaults = defaultQuotas } = deps;
  const limits = new Map<string, { readonly atMs: number; readonly quotas: SiteQuotas }>();
  const counts = new Map<string, { readonly atMs: number; values: Record<CountedQuota, number> }>();
  const days = new Map<string, Day>();
  const sockets = createSiteSockets(deps);
  const told = new Set<string>();

  let dayNow = { number: Number.NaN, name: '' };
  /** Asked with each push: put into words once a day. */
  const today = (): string => {
    const number = Math.floor(clock.nowMs() / dayMs);
    if (number !== dayNow.number) {
      dayNow = { number, name: new Date(number * dayMs).toISOString().slice(0, 10) };
    }
    return dayNow.name;
  };

  async function limitsOf(siteId: string): Promise<SiteQuotas> {
    const quotas = { ...defaults, ...(await sites.byId(siteId))?.quotas };
    limits.set(siteId, { atMs: clock.nowMs(), quotas });
    return quotas;
  }

  /** As of a moment ago: pushes do not wait for the store. Unknown at first, and then let through. */
  function limitNow(siteId: string, name: QuotaName): number {
    const known = limits.get(siteId);
    if (!known || clock.nowMs() - known.atMs > limitsLiveMs) {
      // Asked once meanwhile.
      if (known) limits.set(siteId, { ...known, atMs: clock.nowMs() });
      limitsOf(siteId).catch(deps.onBug);
    }
    return known?.quotas[name] ?? Number.POSITIVE_INFINITY;
  }

  function check(siteId: string, name: QuotaName, used: number, more: number, limit: number): void {
    if (used + more > limit) throw exceeded(name, limit, clock.nowMs());
    const day = today();
    const key = `${siteId} ${name} ${day}`;
    if (used + more < limit * nearShare || told.has(key)) return;
    told.add(key);
    deps.onNear(siteId, day, name, { used: used + more, limit, near: true });
  }

  async function countsOf(siteId: string): Promise<Record<CountedQuota, number>> {
    const known = counts.get(siteId);
    if (known && clock.nowMs() - known.atMs < countsLiveMs) return known.values;
    const values = { ...(await usage.countsOf(siteId)) };
    counts.set(siteId, { atMs: clock.nowMs(), values });
    return values;
  }

  function dayOf(siteId: string): Day {
    const known = days.get(siteId);
    const day = today();
    return known?.day === day ? known : { day, shared: 0, own: 0 };
  }

  async function shareOne(siteId: string): Promise<void> {
    const { day, own } = dayOf(siteId);
    const shared = await usage.addOps(siteId, day, own);
    const now = dayOf(siteId);
    if (now.day === day) days.set(siteId, { day, shared, own: now.own - own });
  }

  async function share(): Promise<void> {
    const day = today();
    for (const [siteId, known] of days) {
      // The last of yesterday is its operator's loss and nobody's quota.
      if (known.day === day) await shareOne(siteId);
      else days.delete(siteId);
    }
    for (const key of told) if (!key.endsWith(day)) told.delete(key);
  }

  const end = deps.timers.every(shareEveryMs, () => {
    share().catch(deps.onBug);
  });

  return {
    async usageOf(site) {
      const quotas = await limitsOf(site.siteId);
      const { groups, members, storageBytes } = await usage.countsOf(site.siteId);
      await shareOne(site.siteId);
      const used: SiteQuotas = {
        ...{ groups, members, storageBytes, opsPerDay: dayOf(site.siteId).shared },
        sockets: sockets.count(site.siteId),
      };
      const shareOf = (name: QuotaName): QuotaUse => {
        const limit = quotas[name];
        return { used: used[name], limit, near: used[name] >= limit * nearShare };
      };
      return {
        groups: shareOf('groups'),
        members: shareOf('members'),
        opsPerDay: shareOf('opsPerDay'),
        storageBytes: shareOf('storageBytes'),
        sockets: shareOf('sockets'),
      };
    },
    async admit(siteId, name, more) {
      const [quotas, values] = await Promise.all([limitsOf(siteId), countsOf(siteId)]);
      check(siteId, name, values[name], more, quotas[name]);
      values[name] += more;
    },
    admitOps(siteId, more) {
      const { shared, own } = dayOf(siteId);
      check(siteId, 'opsPerDay', shared + own, more, limitNow(siteId, 'opsPerDay'));
    },
    wroteOps(siteId, count) {
      const known = dayOf(siteId);
      days.set(siteId, { ...known, own: known.own + count });
    },
    async openSocket(siteId) {
      if (!limits.has(siteId)) await limitsOf(siteId).catch(deps.onBug);
      check(siteId, 'sockets', sockets.count(siteId), 1, limitNow(siteId, 'sockets'));
      return sockets.open(siteId);
    },
    share,
    async close() {
      end();
      sockets.close();
      await share().catch(deps.onBug);
    },
  };
}

const words: Readonly<Record<QuotaName, string>> = {
  groups: 'groups',
  members: 'members in its groups',
  opsPerDay: 'changes a day',
  storageBytes: 'bytes of tracks',
  sockets: 'devices connected at once',
};

function exceeded(name: QuotaName, limit: number, nowMs: number): JamzError {
  const message = `This site may have ${limit} ${words[name]}, and has them: its people can ask for more`;
  const midnightMs = Date.parse(
    `${new Date(nowMs + 86_400_000).toISOString().slice(0, 10)}T00:00Z`,
  );
  return new JamzError('quota-exceeded', message, {
    ...(name === 'opsPerDay' && { retryAfterMs: Math.min(midnightMs - nowMs, longestWaitMs) }),
    ...(name === 'sockets' && { retryAfterMs: 30_000 }),
  });
}

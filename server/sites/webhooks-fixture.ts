import type { Outbound, OutboundAnswer, OutboundRequest } from '../ports/outbound.ts';
import type { SiteWebhooks, Store } from '../ports/store.ts';
import type { Timers } from '../ports/timers.ts';

/** Timers of which a test makes each go off. */
export interface HandTimers extends Timers {
  /** Lets all that waits now happen. */
  fire(): void;
}

export function handTimers(): HandTimers {
  const waiting = new Set<() => void>();
  const repeated = new Set<() => void>();
  const keep = (set: Set<() => void>, run: () => void) => {
    set.add(run);
    return () => void set.delete(run);
  };
  return {
    every: (_periodMs, run) => keep(repeated, run),
    after: (_delayMs, run) => keep(waiting, run),
    afterTurn: (run) => void setImmediate(run),
    fire() {
      const now = [...waiting];
      waiting.clear();
      for (const run of [...now, ...repeated]) run();
    },
  };
}

export const testWebhooks: SiteWebhooks = {
  url: 'https://a.example/hook',
  types: ['member.joined', 'track.added', 'session.started', 'report.filed', 'quota.near'],
  resolveTrackUrl: null,
  sinceMs: 0,
  sealedSecret: 'sealed',
  previous: null,
};

/** The site that groups of `sync-fixture` belong to. */
export async function putSite(
  { sites }: Pick<Store, 'sites'>,
  webhooks: Partial<SiteWebhooks> = {},
  siteId = 's1',
): Promise<void> {
  await sites.put({
    ...{ siteId, key: `pk_${siteId}`, name: 'A', policy: 'open', origins: ['*'] },
    ...{ secretHash: null, sealedSecret: null, createdAtMs: 1 },
    webhooks: { ...testWebhooks, ...webhooks },
  });
}

/** A receiver that answers what a test says, and remembers what it was sent. */
export function testReceiver(
  answer: (request: OutboundRequest) => Promise<Partial<OutboundAnswer>>,
): {
  readonly outbound: Outbound;
  readonly got: OutboundRequest[];
} {
  const got: OutboundRequest[] = [];
  return {
    got,
    outbound: {
      refusalOf: () => undefined,
      async post(request) {
        got.push(request);
        return { status: 200, retryAfterMs: undefined, body: '', ...(await answer(request)) };
      },
    },
  };
}

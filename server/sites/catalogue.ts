import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Clock } from '../ports/clock.ts';
import { type Outbound, OutboundError } from '../ports/outbound.ts';
import type { SiteStore, SiteWebhooks } from '../ports/store.ts';
import { LruMap } from '../sync/lru-map.ts';
import { signedHeaders } from './webhook-signature.ts';

/** Where a track of a site's own catalogue can be loaded from, and how long. */
export interface TrackAddress {
  readonly url: string;
  readonly expiresAtMs: number;
}

/** The tracks that only a site's backend can give addresses of. */
export interface Catalogue {
  /**
   * Asks the backend, once for all who ask at the same time, and again only when the address is about to end.
   *
   * @throws {JamzError} `not-found` where the backend does not know the track, or is not asked at all; `unavailable`
   *   where it gives no answer that can be used
   */
  resolve(siteId: string, trackId: string): Promise<TrackAddress>;
}

export interface CatalogueDeps {
  readonly sites: Pick<SiteStore, 'byId'>;
  readonly outbound: Pick<Outbound, 'post'>;
  readonly secretsOf: (webhooks: SiteWebhooks) => readonly string[];
  readonly clock: Clock;
  /** Names a question; ids are not to be guessed by who would replay one. */
  readonly newId: () => string;
}

/** People wait for it. */
const timeoutMs = 5_000;
/** A listener that is told an address has time to begin with it. */
const leastLifeMs = 60_000;
const longestLifeMs = 24 * 3_600_000;
/** A backend that fails is not asked by each member of a coach. */
const failureLivesMs = 5_000;
const maxRemembered = 20_000;

interface Known {
  readonly untilMs: number;
  readonly answer: Promise<TrackAddress>;
}

export function createCatalogue(deps: CatalogueDeps): Catalogue {
  const { sites, clock } = deps;
  const known = new LruMap<string, Known>(maxRemembered);

  async function ask(siteId: string, trackId: string): Promise<TrackAddress> {
    const webhooks = (await sites.byId(siteId))?.webhooks;
    if (!webhooks?.resolveTrackUrl) {
      throw new JamzError('not-found', 'This site gives no addresses of tracks of its own');
    }
    const nowMs = clock.nowMs();
    const body = JSON.stringify({ type: 'resolve.track', data: { trackId } });
    const signed = signedHeaders(`ask_${deps.newId()}`, body, nowMs, deps.secretsOf(webhooks));
    const headers = { 'content-type': 'application/json', 'user-agent': 'TrafficJamz', ...signed };
    const request = { url: webhooks.resolveTrackUrl, headers, body, timeoutMs };
    const answer = await deps.outbound
      .post({ ...request, maxAnswerBytes: 8_192 })
      .catch((cause) => {
        if (!(cause instanceof OutboundError)) throw cause;
        throw unusable(`gave no answer: ${cause.message}`, cause);
      });
    if (answer.status === 404 || answer.status === 410) {
      throw new JamzError('not-found', 'The site no longer has this track');
    }
    if (answer.status !== 200) throw unusable(`answered ${answer.status}`);
    return addressIn(answer.body, nowMs);
  }

  return {
    async resolve(siteId, trackId) {
      const key = `${siteId} ${trackId}`;
      const there = known.get(key);
      if (there && there.untilMs > clock.nowMs()) return there.answer;
      const answer = ask(siteId, trackId);
      // Who asks meanwhile waits for the same answer.
      known.set(key, { untilMs: Number.POSITIVE_INFINITY, answer });
      const settle = (untilMs: number): void => known.set(key, { untilMs, answer });
      try {
        const address = await answer;
        settle(address.expiresAtMs - leastLifeMs);
        return address;
      } catch (error) {
        settle(clock.nowMs() + failureLivesMs);
        throw error;
      }
    },
  };
}

function addressIn(body: string, nowMs: number): TrackAddress {
  const { url: text, expiresAtMs }: Partial<Record<string, unknown>> = Object(parsed(body));
  if (typeof text !== 'string' || typeof expiresAtMs !== 'number')
    throw unusable('did not answer {"url", "expiresAtMs"}');
  // Browsers fetch it, not this server: it only has to be an address of the web.
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw unusable('gave an address that is none of the web');
  }
  // Not one that is no number at all, either.
  if (!(expiresAtMs >= nowMs + leastLifeMs)) {
    throw unusable('gave an address that ends within a minute');
  }
  return { url: url.href, expiresAtMs: Math.min(expiresAtMs, nowMs + longestLifeMs) };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function unusable(why: string, cause?: unknown): JamzError {
  return new JamzError('unavailable', `The site's backend ${why}`, {
    cause,
    retryAfterMs: failureLivesMs,
  });
}

import { lookup } from 'node:dns';
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import webPush from 'web-push';
import { JamzError } from '../../../sdk/protocol/errors.ts';
import type { OutgoingPush, PushSender } from '../../ports/push.ts';
import { isPublicAddress } from '../outbound/public-address.ts';
import { endpointRefusal } from './push-hosts.ts';

export interface WebPushOptions {
  readonly publicKey: string;
  readonly privateKey: string;
  /** Whom a push service asks when something is wrong: `mailto:` or `https:`. */
  readonly subject: string;
  /** Origins of push services that the operator vouches for, wherever they are. */
  readonly allowed?: readonly string[];
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 10_000;
const maxTextBytes = 3_000;
const maxSockets = 16;
const maxRetryAfterMs = 3_600_000;
/** RFC 8292: at most a day. */
const tokenLivesMs = 12 * 3_600_000;

/** A pair of keys for {@link webPush}, base64url. */
export function newVapidKeys(): { readonly publicKey: string; readonly privateKey: string } {
  return webPush.generateVAPIDKeys();
}

/**
 * Web Push: each message encrypted for its browser (RFC 8291, `aes128gcm`), signed as ours (RFC 8292), sent over a kept
 * connection. No redirect is followed, and a known name that leads to a private address is not connected to.
 */
export function webPushSender(options: WebPushOptions): PushSender {
  const { publicKey, privateKey, subject, allowed = [], timeoutMs = defaultTimeoutMs } = options;
  const agents = {
    open: new HttpAgent({ keepAlive: true, maxSockets }),
    secure: new HttpsAgent({ keepAlive: true, maxSockets }),
  };
  const ending = new AbortController();

  /** One signature serves a push service for some hours: it says no more than whose messages these are. */
  const tokens = new Map<string, { readonly text: string; readonly untilMs: number }>();
  const tokenFor = (origin: string): string => {
    const known = tokens.get(origin);
    if (known && known.untilMs > Date.now()) return known.text;
    const expiresS = Math.floor((Date.now() + tokenLivesMs) / 1_000);
    const { Authorization: text } = webPush.getVapidHeaders(
      ...([origin, subject, publicKey, privateKey, 'aes128gcm', expiresS] as const),
    );
    tokens.set(origin, { text, untilMs: Date.now() + tokenLivesMs / 2 });
    return text;
  };

  const post = (push: OutgoingPush): Promise<IncomingMessage> => {
    const { to, text, ttlS: TTL, urgency, topic } = push;
    const keys = { p256dh: to.p256dh, auth: to.auth };
    const url = new URL(to.endpoint);
    const details = webPush.generateRequestDetails({ endpoint: to.endpoint, keys }, text, {
      ...{ TTL, urgency, topic, contentEncoding: 'aes128gcm' },
    });
    const headers = { ...details.headers, Authorization: tokenFor(url.origin) };
    const isAllowed = allowed.includes(url.origin);
    const isSecure = url.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const request = (isSecure ? requestHttps : requestHttp)(
        url,
        {
          method: 'POST',
          headers,
          agent: isSecure ? agents.secure : agents.open,
          signal: AbortSignal.any([ending.signal, AbortSignal.timeout(timeoutMs)]),
          ...(isAllowed ? {} : { lookup: publicLookup }),
        },
        resolve,
      );
      request.once('error', reject);
      request.end(details.body);
    });
  };

  return {
    publicKey,
    refusalOf: (endpoint) => endpointRefusal(endpoint, allowed),
    async send(push) {
      const refusal = endpointRefusal(push.to.endpoint, allowed);
      if (refusal !== undefined) throw new JamzError('forbidden', refusal);
      if (Buffer.byteLength(push.text) > maxTextBytes) {
        throw new JamzError('too-large', `A push message has ${maxTextBytes} bytes at most`);
      }
      const answer = await answerTo(() => post(push));
      return outcomeOf(answer);
    },
    async close() {
      ending.abort();
      agents.open.destroy();
      agents.secure.destroy();
    },
  };
}

async function answerTo(post: () => Promise<IncomingMessage>): Promise<IncomingMessage> {
  let answer: Promise<IncomingMessage>;
  try {
    answer = post();
  } catch (cause) {
    // Keys that are none: the browser, or who said to be one, gave them.
    throw new JamzError('invalid', 'This browser’s keys cannot be used', { cause });
  }
  try {
    return await answer;
  } catch (cause) {
    if (cause instanceof JamzError) throw cause;
    throw new JamzError('unavailable', 'The push service does not answer', { cause });
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc8030#section-5 */
function outcomeOf(answer: IncomingMessage): 'sent' | 'gone' {
  // Nothing is in it that is of use; the connection is free for the next once it was read.
  answer.resume();
  // An answer that breaks off says nothing any more: its status is known.
  answer.on('error', () => {});
  const status = answer.statusCode ?? 0;
  if (status >= 200 && status < 300) return 'sent';
  if (status === 404 || status === 410) return 'gone';
  if (status === 413) throw new JamzError('too-large', 'The push service takes no such message');
  if (status === 429 || status >= 500) {
    const retryAfterMs = retryAfterOf(answer.headers['retry-after']);
    const message = `The push service answers ${status}`;
    throw new JamzError('unavailable', message, retryAfterMs === undefined ? {} : { retryAfterMs });
  }
  throw new JamzError('forbidden', `The push service answers ${status}`);
}

function retryAfterOf(text: string | undefined): number | undefined {
  const seconds = Number(text);
  if (text === undefined || !Number.isFinite(seconds) || seconds < 0) return undefined;
  return Math.min(maxRetryAfterMs, seconds * 1_000);
}

/** Names that lead anywhere else than to the public internet lead nowhere. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const isPublic =
      addresses.length > 0 && addresses.every(({ address }) => isPublicAddress(address));
    if (!isPublic) return callback(new Error(`${hostname} is not on the public internet`), []);
    const [first] = addresses;
    if (options.all || !first) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

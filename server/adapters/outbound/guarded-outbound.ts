import { lookup } from 'node:dns/promises';
import { type ClientRequest, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import {
  type Outbound,
  type OutboundAnswer,
  OutboundError,
  type OutboundRequest,
} from '../../ports/outbound.ts';
import { isPublicAddress } from './public-address.ts';

export interface GuardedOutboundOptions {
  /** Origins that the operator vouches for, as `http://backend.internal:3000`: asked wherever they are. */
  readonly allowed: readonly string[];
  /** All addresses of a name; default the system's resolver. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
}

/** {@link Outbound} over `node:https`: https only, public addresses only, but for what the operator allows. */
export function guardedOutbound({
  allowed,
  resolve = addressesOf,
}: GuardedOutboundOptions): Outbound {
  const isAllowed = (url: URL): boolean => allowed.includes(url.origin);

  function refusalOf(text: string): string | undefined {
    const url = URL.parse(text);
    if (!url) return 'This is no address: use one as https://shop.example/hooks';
    if (url.username !== '' || url.password !== '') return 'Leave name and password out';
    if (isAllowed(url)) return undefined;
    if (url.protocol !== 'https:') return 'The address has to begin with https://';
    const literal = bare(url.hostname);
    const isPrivate = isIP(literal) !== 0 && !isPublicAddress(literal);
    return isPrivate || isLocalName(literal) ? notPublic : undefined;
  }

  async function addressFor(url: URL): Promise<string> {
    const host = bare(url.hostname);
    const addresses = isIP(host) === 0 ? await resolve(host) : [host];
    const [first] = addresses;
    if (first === undefined) throw new OutboundError('Its name leads nowhere');
    // All of them: a name with one public and one private address is a trap.
    if (!isAllowed(url) && !addresses.every(isPublicAddress)) throw new OutboundError(notPublic);
    return first;
  }

  return {
    refusalOf,
    async post(asked) {
      const refusal = refusalOf(asked.url);
      if (refusal !== undefined) throw new OutboundError(refusal);
      const url = new URL(asked.url);
      const deadline = AbortSignal.timeout(asked.timeoutMs);
      const late = new OutboundError(`It gave no answer within ${asked.timeoutMs / 1_000} s`);
      try {
        const address = await withDeadline(addressFor(url), deadline);
        return await send(url, address, asked, deadline);
      } catch (cause) {
        if (deadline.aborted) throw late;
        if (cause instanceof OutboundError) throw cause;
        throw new OutboundError(`It could not be reached (${reasonOf(cause)})`, { cause });
      }
    },
  };
}

const notPublic = 'It is not on the public internet';

async function addressesOf(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address);
}

/** @param address the only one that is connected to */
function send(
  url: URL,
  address: string,
  { headers, body, maxAnswerBytes }: OutboundRequest,
  signal: AbortSignal,
): Promise<OutboundAnswer> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  const family = isIP(address);
  return new Promise((resolve, reject) => {
    const sent: ClientRequest = request(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        signal,
        // No connection outlives its check.
        agent: false,
        // The certificate is still checked against the name.
        lookup: (_host, { all }, done) => {
          if (all) done(null, [{ address, family }]);
          else done(null, address, family);
        },
      },
      (answer) => {
        let text = '';
        const settle = (): void =>
          resolve({
            status: answer.statusCode ?? 0,
            retryAfterMs: retryAfterOf(answer.headers['retry-after']),
            body: text.slice(0, maxAnswerBytes),
          });
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
          if (text.length <= maxAnswerBytes) return;
          settle();
          sent.destroy();
        });
        answer.on('end', settle);
        answer.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Resolving a name cannot be called off: its answer is nobody's any more. */
function withDeadline<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return Promise.race([work, promise]);
}

/** Seconds, or a date (RFC 9110, 10.2.3); dates need a clock that agrees, and are left out. */
function retryAfterOf(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : undefined;
}

function isLocalName(host: string): boolean {
  return host === 'localhost' || /\.(?:localhost|local|internal)$/.test(host);
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** Node's code alone: the message would name addresses. */
function reasonOf(cause: unknown): string {
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'no answer';
}

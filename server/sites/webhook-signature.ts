import { createHmac } from 'node:crypto';

/**
 * The headers by which a receiver knows that a message is ours, whole, and recent: the Standard Webhooks scheme
 * (standardwebhooks.com), `v1`: HMAC-SHA256 over id, time and body. One signature for each secret that is good now.
 *
 * @param secrets as they were shown, `whsec_` and base64
 */
export function signedHeaders(
  id: string,
  body: string,
  atMs: number,
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(atMs / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    const signed = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`);
    return `v1,${signed.digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}

/** A new secret of 256 bits. */
export function newWebhookSecret(randomBytes: (count: number) => Uint8Array): string {
  return prefix + Buffer.from(randomBytes(32)).toString('base64');
}

const prefix = 'whsec_';

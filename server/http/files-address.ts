import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { JamzError } from '../../sdk/protocol/errors.ts';

/** What of a file an address leads to. */
export type FileVariant = 'audio' | 'artwork';

/** How long a signed address works: media elements cannot send headers, so the address itself is the permission. */
export const addressLifeMs: number = 15 * 60_000;

/** The key that signs addresses, so that the server's one secret signs no two kinds of things. */
export function addressKeyOf(authSecret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', authSecret, '', 'trafficjamz file addresses', 32));
}

/** @returns the query that {@link checkAddress} accepts until `expiresAtMs` */
export function signAddress(
  key: Uint8Array,
  fileId: string,
  variant: FileVariant,
  expiresAtMs: number,
): string {
  const signature = signatureOf(key, fileId, variant, String(expiresAtMs));
  return `exp=${expiresAtMs}&sig=${signature.toString('base64url')}`;
}

/**
 * @param query of the request
 * @returns when the address stops working, ms since 1970
 * @throws {JamzError} `forbidden` for an address that we did not sign for this, or that has expired
 */
export function checkAddress(
  key: Uint8Array,
  fileId: string,
  variant: FileVariant,
  query: Readonly<Record<string, unknown>>,
  nowMs: number,
): number {
  const { exp, sig } = query;
  if (typeof exp !== 'string' || typeof sig !== 'string' || !/^\d{1,15}$/.test(exp)) {
    throw forbidden('This address is not whole');
  }
  const wanted = signatureOf(key, fileId, variant, exp);
  const given = Buffer.from(sig, 'base64url');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw forbidden('This address was not given out by this server');
  }
  const expiresAtMs = Number(exp);
  if (nowMs >= expiresAtMs) throw forbidden('This address has expired');
  return expiresAtMs;
}

function signatureOf(key: Uint8Array, fileId: string, variant: FileVariant, exp: string): Buffer {
  return createHmac('sha256', key).update(`${fileId}\n${variant}\n${exp}`).digest();
}

function forbidden(what: string): JamzError {
  return new JamzError('forbidden', `${what}: ask GET /v1/files/:fileId/url for a new one`);
}

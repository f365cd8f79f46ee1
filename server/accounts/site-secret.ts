import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/** A new secret of a site, and the two forms in which it is kept. */
export interface SiteSecret {
  /** Shown once to whoever asked for it. */
  readonly secret: string;
  readonly secretHash: string;
  readonly sealedSecret: string;
}

/** Makes a secret of 256 bits. */
export function newSiteSecret(
  sealingKey: Uint8Array,
  randomBytes: (count: number) => Uint8Array,
): SiteSecret {
  const secret = `sk_${Buffer.from(randomBytes(32)).toString('base64url')}`;
  return {
    secret,
    secretHash: createHash('sha256').update(secret).digest('hex'),
    sealedSecret: sealText(secret, sealingKey, randomBytes(12)),
  };
}

/**
 * What was sealed, as the secret with which a site's backend has signed, in the clear.
 *
 * @returns undefined where it was sealed under another AUTH_SECRET, or was tampered with
 */
export function openSealed(sealed: string, sealingKey: Uint8Array): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  const tagAt = bytes.length - tagBytes;
  if (tagAt < ivBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', sealingKey, bytes.subarray(0, ivBytes));
  decipher.setAuthTag(bytes.subarray(tagAt));
  try {
    const clear = decipher.update(bytes.subarray(ivBytes, tagAt));
    return Buffer.concat([clear, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

const ivBytes = 12;
const tagBytes = 16;

/**
 * Text under AES-256-GCM: initialisation vector, ciphertext, tag (NIST SP 800-38D), as one base64url text.
 *
 * @param iv 12 random bytes, never used before
 */
export function sealText(clear: string, key: Uint8Array, iv: Uint8Array): string {
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const body = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url');
}

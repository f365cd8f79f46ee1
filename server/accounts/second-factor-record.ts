import { createHash } from 'node:crypto';
import { openSealed, sealText } from './site-secret.ts';
import { base32 } from './totp.ts';

/** What is kept of a second factor. */
export interface SecondFactorRecord {
  /** Sealed: who has the database alone can make no codes. */
  readonly sealed: string;
  /** Until a first code has shown that the app has the secret it keeps nobody out, and is good for ten minutes. */
  readonly state: 'begun' | 'on';
  readonly atMs: number;
  /** The newest step whose code was used. */
  readonly lastStep: number;
  /** Hashes of those that are left. Of 120 bits each: nobody finds them by trying. */
  readonly recovery: readonly string[];
}

/** What was written under the kind of this file, and by it alone. */
export function readRecord(text: string): SecondFactorRecord {
  return JSON.parse(text) as SecondFactorRecord;
}

export function sealedSecret(
  secret: Uint8Array,
  key: Uint8Array,
  randomBytes: (count: number) => Uint8Array,
): string {
  return sealText(Buffer.from(secret).toString('base64url'), key, randomBytes(12));
}

/** @returns undefined where it was sealed under another AUTH_SECRET */
export function secretOf({ sealed }: SecondFactorRecord, key: Uint8Array): Uint8Array | undefined {
  const opened = openSealed(sealed, key);
  return opened === undefined ? undefined : Buffer.from(opened, 'base64url');
}

const recoveryCodes = 10;

/** `ABCD-EFGH-…`, 120 bits each. */
export function newRecoveryCodes(randomBytes: (count: number) => Uint8Array): readonly string[] {
  return Array.from({ length: recoveryCodes }, () =>
    (base32(randomBytes(15)).match(/.{4}/g) ?? []).join('-'),
  );
}

/** However it was typed: case, spaces and hyphens say nothing. */
export function hashOfRecovery(code: string): string {
  const plain = code.toUpperCase().replaceAll(/[^A-Z2-7]/g, '');
  return createHash('sha256').update(plain).digest('hex');
}

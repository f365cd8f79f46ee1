import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. */
const current = { memoryKiB: 19_456, passes: 2, parallelism: 1 } as const;
const saltBytes = 16;
const keyBytes = 32;

/**
 * Hashes a password with argon2id (RFC 9106) off the main thread.
 *
 * @param randomBytes cryptographic bytes for the salt
 * @returns a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`
 */
export async function hashPassword(
  password: string,
  randomBytes: (count: number) => Uint8Array,
): Promise<string> {
  const salt = Buffer.from(randomBytes(saltBytes));
  const key = await keyOf(password, { ...current, salt, keyBytes });
  const { memoryKiB, passes, parallelism } = current;
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(key)}`;
}

/**
 * Whether the password is the one that was hashed. Without a hash to compare with it does the same work and says
 * no, so that the time of an answer does not tell which addresses have an account.
 *
 * @param phc from {@link hashPassword}; null for an account that does not exist or has no password
 */
export async function passwordMatches(password: string, phc: string | null): Promise<boolean> {
  const stored = phc === null ? undefined : parsePhc(phc);
  if (!stored) {
    await keyOf(password, { ...current, salt: Buffer.alloc(saltBytes), keyBytes });
    return false;
  }
  const key = await keyOf(password, { ...stored, keyBytes: stored.key.length });
  return timingSafeEqual(key, stored.key);
}

interface Parameters {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly salt: Buffer;
}

async function keyOf(
  password: string,
  { memoryKiB, passes, parallelism, salt, keyBytes }: Parameters & { readonly keyBytes: number },
): Promise<Buffer> {
  return derive('argon2id', {
    // The same letters can be written with different code points; keyboards differ in which they send.
    message: Buffer.from(password.normalize('NFKC'), 'utf8'),
    nonce: salt,
    parallelism,
    tagLength: keyBytes,
    memory: memoryKiB,
    passes,
  });
}

const phcPattern =
  /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function parsePhc(phc: string): (Parameters & { readonly key: Buffer }) | undefined {
  const [, memory, passes, parallelism, salt, key] = phcPattern.exec(phc) ?? [];
  if (salt === undefined || key === undefined) return undefined;
  return {
    memoryKiB: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  };
}

/** PHC strings write base64 without padding. */
function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

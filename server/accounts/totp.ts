import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long one code is shown. */
export const stepMs = 30_000;
const digits = 6;
/** Codes of so many steps before and after now count, too: clocks differ, and people type slowly (RFC 6238, 5.2). */
const drift = 1;

/** The code of one step: HOTP with SHA-1 (RFC 4226, 5.3), which is what every authenticator app speaks. */
export function codeOf(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0xf;
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits;
  return String(number).padStart(digits, '0');
}

/**
 * The step of which this is the code, by the server's clock (RFC 6238).
 *
 * @param after steps up to there were used, and count no more
 * @returns undefined for a code of none that counts
 */
export function stepOf(
  code: string,
  secret: Uint8Array,
  nowMs: number,
  after: number,
): number | undefined {
  const now = Math.floor(nowMs / stepMs);
  let found: number | undefined;
  // All of them, so that the time it takes tells nothing.
  for (let step = now - drift; step <= now + drift; step++) {
    const isSame = isEqual(codeOf(secret, step), code);
    if (isSame && step > after) found ??= step;
  }
  return found;
}

function isEqual(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648, 6, without padding: five bytes are eight letters. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet.charAt(Number.parseInt(group.padEnd(5, '0'), 2))).join('');
}

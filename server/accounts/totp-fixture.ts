/** What {@link import('./totp.ts').base32} made, as an app reads it: RFC 4648, 6. */
export function bytesOf(secret: string): Uint8Array {
  const bits = [...secret]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2))
    .map((five) => five.padStart(5, '0'))
    .join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

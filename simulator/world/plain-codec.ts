import type { Codec } from '../../server/ports/codec.ts';

/**
 * Stands in for SHA-256 and deflate: neither is what is being tested, and both would leave this thread or take most of
 * its time. The digest is 64 bits wide, as much as a chain hash keeps.
 */
export const plainCodec: Codec = {
  sha256Hex: (text) => digest(text).repeat(4),
  deflate: async (text) => new TextEncoder().encode(text),
  inflate: async (bytes) => new TextDecoder().decode(bytes),
};

/** Two FNV-1a sums, crossed at the end: 16 hex digits. */
function digest(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5f356495);
  }
  low = Math.imul(low ^ (high >>> 15), 0x85ebca6b);
  high = Math.imul(high ^ (low >>> 13), 0xc2b2ae35);
  return hex(high) + hex(low);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}

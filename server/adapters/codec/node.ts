import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw, type ZlibOptions } from 'node:zlib';
import type { Codec } from '../../ports/codec.ts';

const deflateAsync = promisify(deflateRaw);
const inflateAsync = promisify<Uint8Array, ZlibOptions, Buffer>(inflateRaw);

/** `node:crypto` and `node:zlib`; compression runs off the main thread. */
export const nodeCodec: Codec = {
  sha256Hex: (text) => hash('sha256', text, 'hex'),
  // Level 1: on folded playlists level 6 saves a tenth of the bytes for twice the time.
  deflate: async (text) => {
    const piece = await deflateAsync(text, { level: 1, chunkSize: pieceOf(text.length / 4) });
    // Snapshots are kept in memory: not with the rest of the piece behind them.
    return Uint8Array.from(piece);
  },
  inflate: async (bytes) => {
    const chunkSize = pieceOf(10 * bytes.byteLength);
    return (await inflateAsync(bytes, { chunkSize })).toString('utf8');
  },
};

/**
 * The pieces in which zlib hands out what it makes, each by a round through the event loop: a list of ten thousand
 * would come in fifty. Sixteen thousand bytes is Node's own choice, and what a small state needs.
 */
function pieceOf(likelyBytes: number): number {
  return Math.min(1_048_576, Math.max(16_384, Math.ceil(likelyBytes)));
}

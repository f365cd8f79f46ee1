import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Text that a page loads. Maps are for who debugs; pictures and sound are packed already. */
const patterns: readonly string[] = ['**/*.{css,html,js,json,mjs,svg,webmanifest}'];

/**
 * Writes `name.br` and `name.gz` beside each file that is smaller so, both as small as zlib makes them. The server
 * sends them instead of the file to who takes them.
 */
export function precompress(dir: string): void {
  for (const name of globSync(patterns, { cwd: dir })) {
    const path = join(dir, name);
    if (!statSync(path).isFile()) continue;
    const content = readFileSync(path);
    const small: Readonly<Record<string, Buffer>> = { br: brotli(content), gz: gzip(content) };
    for (const [ending, bytes] of Object.entries(small)) {
      if (bytes.length < content.length) writeFileSync(`${path}.${ending}`, bytes);
    }
  }
}

/** As on the wire. */
export function gzip(content: Buffer): Buffer {
  return gzipSync(content, { level: constants.Z_BEST_COMPRESSION });
}

export function brotli(content: Buffer): Buffer {
  const { BROTLI_PARAM_QUALITY, BROTLI_MAX_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = {
    [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY,
    [BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  return brotliCompressSync(content, { params });
}

import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Files } from '../ports/files.ts';
import { byteRange } from './files-range.ts';

export interface SendableFile {
  readonly key: string;
  readonly mediaType: string;
  /** Strong: names exactly these bytes. */
  readonly etag: string;
  readonly cacheForMs: number;
}

/**
 * Answers GET and HEAD with a file or a part of it: 200, 206, 304, 416. Any page may play it, because who holds the
 * address may.
 *
 * @throws {JamzError} `not-found` when the bytes are gone
 */
export async function sendFile(
  req: Request,
  res: Response,
  files: Files,
  file: SendableFile,
): Promise<void> {
  const totalBytes = await files.sizeOf(file.key);
  if (totalBytes === undefined) throw new JamzError('not-found', 'The bytes of this file are gone');

  res.removeHeader('access-control-allow-credentials');
  res.set({
    'accept-ranges': 'bytes',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'accept-ranges, content-length, content-range, etag',
    'cache-control': `private, max-age=${Math.floor(file.cacheForMs / 1000)}, immutable`,
    // Strangers' bytes on our origin: whatever they are, they are no page of ours.
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
    etag: file.etag,
    'timing-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  });

  if (
    req
      .get('if-none-match')
      ?.split(/\s*,\s*/)
      .includes(file.etag)
  ) {
    res.status(304).end();
    return;
  }
  // A part of other bytes than the caller has would be spliced into nonsense.
  const unchanged = (req.get('if-range') ?? file.etag) === file.etag;
  const range = unchanged ? byteRange(req.get('range'), totalBytes) : undefined;
  if (range === 'unsatisfiable') {
    res.removeHeader('cache-control');
    res.status(416).set('content-range', `bytes */${totalBytes}`).end();
    return;
  }
  const { from, to } = range ?? { from: 0, to: totalBytes - 1 };
  if (range) res.status(206).set('content-range', `bytes ${from}-${to}/${totalBytes}`);
  res.set('content-length', String(to - from + 1));
  res.setHeader('content-type', file.mediaType);
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  const stored = await files.open(file.key, range);
  if (!stored) throw new JamzError('not-found', 'The bytes of this file are gone');
  await pipeline(stored.body, res).catch((error: unknown) => {
    // Players close the connection whenever they have enough.
    if (!(error instanceof Error && 'code' in error && hangUps.has(error.code))) throw error;
  });
}

const hangUps: ReadonlySet<unknown> = new Set([
  'ERR_STREAM_PREMATURE_CLOSE',
  'ECONNRESET',
  'EPIPE',
]);

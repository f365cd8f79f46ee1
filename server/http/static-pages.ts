import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import express, { type Express, type Handler, type Response } from 'express';
import type { Logger } from 'pino';
import { rowFor } from '../access/table.ts';
import { cdnReleases } from './cdn-releases.ts';
import { compressedFiles, isCompressible } from './compressed-files.ts';
import { shared } from './security-headers.ts';

export interface StaticPagesDeps {
  /** Where `npm run build` writes. */
  readonly distDir: string;
  /** Where releases of the CDN folder stay that pages have pinned. */
  readonly releasesDir: string;
  readonly log: Logger;
}

/**
 * The built playground at `/` and the CDN folder at `/cdn/`, which pages of other sites load the elements from: the
 * newest there, and each release under its own name.
 */
export function serveStaticPages(
  app: Express,
  { distDir, releasesDir, log }: StaticPagesDeps,
): void {
  rowFor('GET', '/cdn');
  rowFor('GET', '/');
  const playgroundDir = join(distDir, 'playground');

  const cdnDir = join(distDir, 'cdn');
  app.use(
    '/cdn',
    shared,
    cdnReleases({
      cdnDir,
      keptDir: releasesDir,
      serve: releaseFiles,
      onError: (err) => log.error({ err }, 'A release that a page has pinned could not be kept'),
    }),
    compressedFiles(cdnDir, setCdnHeaders),
    express.static(cdnDir, { index: false, setHeaders: setCdnHeaders }),
  );
  app.use(
    compressedFiles(playgroundDir, setPageHeaders),
    express.static(playgroundDir, { extensions: ['html'], setHeaders: setPageHeaders }),
  );
  app.get('/', (_req, res, next) => {
    // Asked at each request: a build may finish while the server runs.
    if (existsSync(join(playgroundDir, 'index.html'))) next();
    else res.status(503).type('html').send(notBuiltPage);
  });
}

function releaseFiles(dir: string): Handler {
  const setHeaders = (res: Response, path: string): void => {
    setCdnHeaders(res, path);
    res.set('cache-control', forEver);
  };
  const files = express.static(dir, { index: false, redirect: false, setHeaders });
  const packed = compressedFiles(dir, setHeaders);
  return (req, res, next) =>
    packed(req, res, (error?: unknown) => (error ? next(error) : files(req, res, next)));
}

const forEver = 'public, max-age=31536000, immutable';

function setCdnHeaders(res: Response, path: string): void {
  res.set({ 'access-control-allow-origin': '*', 'timing-allow-origin': '*' });
  // Named here and not in the file, where every page would load the name (source maps, ECMA-426 §11).
  if (path.endsWith('.js')) res.set('sourcemap', `${basename(path)}.map`);
  // A page of this server may take it for all of its paths, and a browser finds a new one at once.
  if (basename(path) === 'jamz-sw.js') res.set('service-worker-allowed', '/');
  setCaching(res, path, basename(path) === 'jamz-sw.js' ? 'no-cache' : 'public, max-age=300');
}

function setPageHeaders(res: Response, path: string): void {
  setCaching(res, path, 'no-cache');
}

/** A name with its content's hash never changes its content. */
function setCaching(res: Response, path: string, otherwise: string): void {
  res.set('cache-control', isHashed(path) ? forEver : otherwise);
  // Also where the plain file is sent: a cache on the way must not send it to everybody, nor a packed one.
  if (isCompressible(path)) res.vary('Accept-Encoding');
}

/** `player-Bq3x_9aZ.js`: eight characters of the bundler's hash. A plain word has neither a digit nor a capital. */
export function isHashed(path: string): boolean {
  const [, hash] = /[-.]([A-Za-z0-9_-]{8})\.[a-z0-9]+(?:\.map)?$/.exec(path) ?? [];
  return hash !== undefined && /[A-Z0-9]/.test(hash);
}

const notBuiltPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>TrafficJamz is running</title>
<h1>TrafficJamz is running, but its pages are not built yet.</h1>
<p>Run <code>npm run build</code> in the folder of the server, then load this page again.</p>
<p>The API answers meanwhile: <a href="/healthz">/healthz</a>, <a href="/openapi.json">/openapi.json</a>.</p>
</html>
`;

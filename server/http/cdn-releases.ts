import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Handler } from 'express';

export interface CdnReleasesDeps {
  /** This build's CDN folder. */
  readonly cdnDir: string;
  /** Where releases that a page has pinned stay, one folder each. */
  readonly keptDir: string;
  /** Sends the files of one folder. */
  readonly serve: (dir: string) => Handler;
  readonly onError: (error: unknown) => void;
}

/** `/0.1.0-3f2a91bc/jamz.js`: the package's version, and a part of what all its files hash to. */
const pinned = /^\/(\d+\.\d+\.\d+[\w.-]*-[0-9a-f]{8})(\/.*)$/;

/**
 * Serves the CDN folder under the name of its release, whose files never change. The first page that asks for a release
 * by its name has it kept beside the server's data: it is still there when the server is updated, for as long as the
 * folder is.
 */
export function cdnReleases({ cdnDir, keptDir, serve, onError }: CdnReleasesDeps): Handler {
  const handlers = new Map<string, Handler>();
  const keeping = new Map<string, Promise<void>>();

  const handlerOf = (dir: string): Handler => {
    const handler = handlers.get(dir) ?? serve(dir);
    handlers.set(dir, handler);
    return handler;
  };
  const keep = (release: string): void => {
    if (keeping.has(release)) return;
    const kept = keepRelease(cdnDir, keptDir, release);
    keeping.set(release, kept);
    kept.catch((error: unknown) => {
      keeping.delete(release);
      onError(error);
    });
  };

  return async (req, res, next) => {
    const [, release, path] = pinned.exec(req.path) ?? [];
    if (release === undefined || path === undefined) return next();
    const kept = join(keptDir, release);
    const isOwn = (await releaseIn(cdnDir)) === release;
    if (isOwn) keep(release);
    else if (!(await isFolder(kept))) return next();
    const { url } = req;
    req.url = path;
    handlerOf(isOwn ? cdnDir : kept)(req, res, (error?: unknown) => {
      req.url = url;
      next(error);
    });
  };
}

/** Copies a release whole or not at all, whatever stops it. */
async function keepRelease(cdnDir: string, keptDir: string, release: string): Promise<void> {
  const kept = join(keptDir, release);
  if (await isFolder(kept)) return;
  const half = join(keptDir, `.${release}-${process.pid}`);
  await rm(half, { recursive: true, force: true });
  await mkdir(keptDir, { recursive: true });
  // The packed files count only while they are as new as the others.
  await cp(cdnDir, half, { recursive: true, preserveTimestamps: true });
  try {
    // A build may have begun meanwhile.
    if ((await releaseIn(half)) === release) await rename(half, kept);
  } catch (error) {
    // Another process was first.
    if (!(await isFolder(kept))) throw error;
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

/** What the build calls the folder; undefined where it is not built. */
async function releaseIn(dir: string): Promise<string | undefined> {
  try {
    const json: unknown = JSON.parse(await readFile(join(dir, 'release.json'), 'utf8'));
    const named = typeof json === 'object' && json !== null && 'release' in json;
    return named && typeof json.release === 'string' ? json.release : undefined;
  } catch {
    return undefined;
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}

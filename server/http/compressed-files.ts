import { stat } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import express, { type Handler, type Request, type Response } from 'express';

/** By what a client calls it: the ending that a build gives it. The first that a client takes is sent. */
const encodings: readonly (readonly [name: string, ending: string])[] = [
  ['br', '.br'],
  ['gzip', '.gz'],
];

/**
 * Sends the `name.br` or `name.gz` that a build wrote beside a file, to clients that take it, as that file. Whoever
 * takes neither, or asks for a file without, is left to the next handler. A part of such an answer is never sent: it
 * would be a part of the packed file.
 *
 * @param setHeaders is told the path of the file itself
 */
export function compressedFiles(
  dir: string,
  setHeaders: (res: Response, path: string) => void,
): Handler {
  const send = express.static(dir, {
    index: false,
    redirect: false,
    acceptRanges: false,
    setHeaders(res, path) {
      const found = encodings.find(([, ending]) => path.endsWith(ending));
      if (!found) return;
      const [encoding, ending] = found;
      const plain = path.slice(0, -ending.length);
      setHeaders(res, plain);
      res.type(plain.slice(plain.lastIndexOf('.')));
      res.set('content-encoding', encoding);
      res.vary('Accept-Encoding');
    },
  });
  return async (req, res, next) => {
    const name = fileNamed(req.path);
    const ending = name && (await endingFor(req, join(dir, name)));
    if (!ending) return next();
    const { url } = req;
    req.url = `${encodeURI(name)}${ending}`;
    send(req, res, (error?: unknown) => {
      req.url = url;
      next(error);
    });
  };
}

/** Whether a build writes it twice more: then its answer depends on what a client takes. */
export function isCompressible(path: string): boolean {
  return /\.(css|html|js|json|mjs|svg|webmanifest)$/.test(path);
}

/** The file behind a path, as `express.static` finds it; undefined for what is none of ours. */
function fileNamed(path: string): string | undefined {
  let name: string;
  try {
    name = normalize(decodeURIComponent(path));
  } catch {
    return undefined;
  }
  // Nothing above the folder, nor hidden in it.
  if (name.includes('\0') || name.includes('\\') || /(^|\/)\./.test(name)) return undefined;
  if (name.endsWith('/')) return `${name}index.html`;
  return /\.[^/]*$/.test(name) ? name : `${name}.html`;
}

/** The packed file must be as new as the file: who changes that by hand sees it. */
async function endingFor(req: Request, path: string): Promise<string | undefined> {
  if ((req.method !== 'GET' && req.method !== 'HEAD') || !isCompressible(path)) return undefined;
  for (const [name, ending] of encodings) {
    if (!req.acceptsEncodings(name)) continue;
    const times = await Promise.all([mtimeMs(path), mtimeMs(`${path}${ending}`)]);
    const [plainMs, packedMs] = times;
    if (plainMs !== undefined && packedMs !== undefined && packedMs >= plainMs) return ending;
  }
  return undefined;
}

async function mtimeMs(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? found.mtimeMs : undefined;
}

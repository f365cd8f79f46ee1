import { Router } from 'express';
import type { FileRouteDeps } from './files-deps.ts';

export type { FileRouteDeps } from './files-deps.ts';

/** The routes under `/v1/files`: uploads, metadata, signed addresses, ranged sound, artwork, peaks. Mount at `/v1`. */
export function fileRoutes(_deps: FileRouteDeps): Router {
  return Router();
}

import type { Router } from 'express';
import type { Core } from './core.ts';
import { type PhotoRouteDeps, photoRoutes } from './http/photo-routes.ts';
import type { RateLimits } from './http/rate-limits.ts';
import type { Adapters } from './jamz-server.ts';
import { createPhotos } from './photos/photos.ts';
import { fileEnding, servedFiles } from './safety/takedowns.ts';

/** Photos, put together over the server's adapters. */
export function photoRouter(
  adapters: Adapters,
  core: Pick<Core, 'authoriseFiles'>,
  identify: PhotoRouteDeps['identify'],
  rateLimits: RateLimits,
): Router {
  const { store, drawPhoto: draw, admitFile: admit } = adapters;
  const records = servedFiles(store.files, store.takedowns);
  return photoRoutes({
    photos: createPhotos({ ...adapters, records, draw, admit }),
    identify,
    rateLimits,
    users: store.users,
    authoriseGroup: core.authoriseFiles,
    endFile: fileEnding({ ...adapters, takedowns: store.takedowns }),
  });
}

import type { Router } from 'express';
import type { Core } from './core.ts';
import { catalogueAddresses } from './http/catalogue-addresses.ts';
import { addressKeyOf } from './http/files-address.ts';
import { fileRoutes } from './http/files-routes.ts';
import type { createIdentify } from './http/identify.ts';
import { photoRoutes } from './http/photo-routes.ts';
import type { RateLimits } from './http/rate-limits.ts';
import { takedownRoute } from './http/safety-routes.ts';
import { tripPhotoRoute } from './http/trip-photo-route.ts';
import type { Adapters } from './jamz-server.ts';
import { createPhotos } from './photos/photos.ts';
import { fileEnding, servedFiles } from './safety/takedowns.ts';

/** Routers of files and photos, which read bodies of their own kind, put together over the server's adapters. */
export function fileRouters(
  adapters: Adapters,
  core: Core,
  door: {
    readonly authSecret: string;
    readonly identify: ReturnType<typeof createIdentify>;
    readonly rateLimits: RateLimits;
  },
): readonly Router[] {
  const { store, drawPhoto: draw, admitFile } = adapters;
  const records = servedFiles(store.files, store.takedowns);
  const photos = createPhotos({ ...adapters, records, draw, admit: admitFile });
  return [
    fileRoutes({
      ...adapters,
      ...{ records, admitFile },
      addressKey: addressKeyOf(door.authSecret),
      identify: door.identify,
      authorise: core.authoriseFiles,
      markTaken: core.markTaken,
      admitBytes: (siteId, bytes) => core.quotas.admit(siteId, 'storageBytes', bytes),
      trackAddress: catalogueAddresses(core),
    }),
    photoRoutes({
      ...door,
      photos,
      users: store.users,
      authoriseGroup: core.authoriseFiles,
      endFile: fileEnding({ ...adapters, takedowns: store.takedowns }),
    }),
    tripPhotoRoute({ ...door, photos, trips: core.trips }),
    takedownRoute({ takeDown: core.takeDown, identify: door.identify }),
  ];
}

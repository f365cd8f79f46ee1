import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { rowFor } from '../access/table.ts';
import type { Photos } from '../photos/photos.ts';
import { photoMediaType } from '../ports/photos.ts';
import type { Trips } from '../trips/trips.ts';
import type { RateLimits } from './rate-limits.ts';

export interface TripPhotoRouteDeps {
  readonly trips: Pick<Trips, 'photoOf'>;
  readonly photos: Pick<Photos, 'open'>;
  readonly rateLimits: RateLimits;
}

/**
 * The small photo of somebody in a shared trip, at an address that ends with the link and with the person's yes: the
 * photo's own address would not. Mount at `/v1`.
 */
export function tripPhotoRoute({ trips, photos, rateLimits }: TripPhotoRouteDeps): Router {
  const router = Router();
  rowFor('GET', '/v1/trips/:code/photos/:userId');
  rowFor('HEAD', '/v1/trips/:code/photos/:userId');
  router.get('/trips/:code/photos/:userId', async (req, res) => {
    await rateLimits.spend('trip-photo', req.ip ?? 'unknown');
    const fileId = await trips.photoOf(req.params.code, req.params.userId);
    const { totalBytes, body } = await photos.open(fileId, 96);
    res.removeHeader('access-control-allow-credentials');
    res.set({
      'access-control-allow-origin': '*',
      // Nobody keeps it: it is gone with the next look once its person says no.
      'cache-control': 'no-store',
      'content-length': String(totalBytes),
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': photoMediaType,
      'cross-origin-resource-policy': 'cross-origin',
    });
    if (req.method === 'HEAD') {
      body.destroy();
      res.end();
      return;
    }
    await pipeline(body, res);
  });
  return router;
}

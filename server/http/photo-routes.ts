import { pipeline } from 'node:stream/promises';
import { type Request, Router, raw } from 'express';
import * as v from 'valibot';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Actor } from '../access/actor.ts';
import { callerOf } from '../access/caller.ts';
import { type AccessRow, authorise, rowFor } from '../access/table.ts';
import type { Photos } from '../photos/photos.ts';
import { photoMediaType, photoSizes } from '../ports/photos.ts';
import type { FileRecord, UserStore } from '../ports/store.ts';
import type { FileRouteDeps } from './files-deps.ts';
import { idSchema } from './id-schema.ts';
import type { RateLimits } from './rate-limits.ts';

export interface PhotoRouteDeps {
  readonly photos: Photos;
  /** @throws {JamzError} `unauthenticated`, `token-expired`, `origin-not-allowed` */
  readonly identify: (req: Request, row: AccessRow) => Promise<Actor>;
  readonly authoriseGroup: FileRouteDeps['authorise'];
  readonly users: Pick<UserStore, 'byId'>;
  /** Ends a file: it is served no more, and its bytes are deleted. */
  readonly endFile: (record: FileRecord) => Promise<void>;
  readonly rateLimits: RateLimits;
}

const maxPhotoBytes = 12_000_000;
const cacheControl = 'public, max-age=31536000, immutable';

/** Photos of people and groups: kept under an id that nobody guesses, shown to whoever knows it. Mount at `/v1`. */
export function photoRoutes(deps: PhotoRouteDeps): Router {
  const { photos, identify, authoriseGroup, users, endFile, rateLimits } = deps;
  const router = Router();

  const add = rowFor('POST', '/v1/photos');
  const body = raw({ type: () => true, limit: maxPhotoBytes });
  router.post('/photos', async (req, res) => {
    const actor = await identify(req, add);
    authorise(add, callerOf(actor, undefined));
    await rateLimits.spend('photo', actor.userId);
    const groupId = groupIdOf(req);
    if (groupId !== undefined) await authoriseGroup(actor, groupId, add, 'update-group');
    await new Promise<void>((resolve, reject) => {
      body(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
    });
    const image = req.body instanceof Uint8Array ? req.body : new Uint8Array();
    const fileId = await photos.add(actor.userId, image, groupId);
    res.status(201).set('cache-control', 'no-store').json({ fileId });
  });

  rowFor('GET', '/v1/photos/:fileId/:size');
  rowFor('HEAD', '/v1/photos/:fileId/:size');
  router.get('/photos/:fileId/:size', async (req, res) => {
    const size = photoSizes.find((one) => `${one}` === req.params.size);
    if (!size) throw new JamzError('not-found', `Photos are ${photoSizes.join(', ')} pixels wide`);
    const { totalBytes, body: bytes } = await photos.open(req.params.fileId, size);
    res.removeHeader('access-control-allow-credentials');
    res.set({
      'access-control-allow-origin': '*',
      'cache-control': cacheControl,
      'content-length': String(totalBytes),
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': photoMediaType,
      'cross-origin-resource-policy': 'cross-origin',
    });
    if (req.method === 'HEAD') {
      bytes.destroy();
      res.end();
      return;
    }
    await pipeline(bytes, res);
  });

  const remove = rowFor('DELETE', '/v1/photos/:fileId');
  router.delete('/photos/:fileId', async (req, res) => {
    const actor = await identify(req, remove);
    authorise(remove, callerOf(actor, undefined));
    const record = await photos.own(req.params.fileId);
    const isOwn = record.uploadedBy === actor.userId;
    const isOfSite =
      actor.siteAdmin && (await users.byId(record.uploadedBy))?.siteId === actor.siteId;
    if (!isOwn && !isOfSite) throw new JamzError('not-found', 'There is no such photo of yours');
    await endFile(record);
    res.status(204).end();
  });

  return router;
}

function groupIdOf(req: Request): string | undefined {
  const result = v.safeParse(v.optional(idSchema), req.query['groupId']);
  if (result.success) return result.output;
  throw new JamzError('invalid', 'groupId must be the id of a group');
}

import type { IncomingMessage } from 'node:http';
import { Server, type ServerOptions } from '@tus/server';
import { type Request, type RequestHandler, Router } from 'express';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { newId } from '../../sdk/protocol/ids.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import { rowFor } from '../access/table.ts';
import type { FileRouteDeps } from './files-deps.ts';
import { type UploadMetadata, uploadMetadata } from './files-upload-metadata.ts';
import { statusOf } from './problem.ts';

/** The only version there is; its server names it in every answer, and so do the answers that we give for it. */
const tusVersion = '1.0.0';

/** Resumable uploads (tus 1.0: creation, creation with upload, termination, expiration) and what becomes of them. */
export function uploadRoutes(deps: FileRouteDeps): Router {
  const { uploads: datastore, intake, identify, authorise } = deps;
  const announced = new WeakMap<IncomingMessage, UploadMetadata & { uploadedBy: string }>();
  const tus = new Server({
    ...tusOptions(deps),
    datastore,

    async onUploadCreate(req) {
      const metadata = announced.get(nodeRequest(req));
      if (!metadata) throw new Error('An upload came in beside its route');
      return { metadata: { ...metadata } };
    },

    async onUploadFinish(_req, upload) {
      const uploadedBy = upload.metadata?.['uploadedBy'] ?? '';
      intake.take(await intake.arrival(upload.id, uploadedBy));
      return {};
    },

    // What keeps the bytes is away, or full: its sender keeps the rest and comes back.
    onResponseError(_req, error) {
      if (!(error instanceof JamzError)) return undefined;
      const { code, message: detail, retryAfterMs } = error;
      const problem = { code, detail, ...(retryAfterMs !== undefined && { retryAfterMs }) };
      return { status_code: statusOf[code], body: JSON.stringify(problem) };
    },
  });
  const pass: RequestHandler = (req, res) => tus.handle(req, res);

  const router = Router();
  const uploads = '/files/uploads';
  const upload = '/files/uploads/:uploadId';
  const begin = rowFor('POST', `/v1${uploads}`);
  rowFor('OPTIONS', `/v1${uploads}`);
  rowFor('OPTIONS', `/v1${upload}`);
  rowFor('HEAD', `/v1${upload}`);
  rowFor('PATCH', `/v1${upload}`);
  rowFor('DELETE', `/v1${upload}`);
  rowFor('GET', '/v1/files/by-upload/:uploadId');

  // On refusals too: by it a sender tells our "no such upload" from that of a network's sign-in page.
  router.use(uploads, (_req, res, next) => {
    res.set('tus-resumable', tusVersion);
    next();
  });
  router.options(uploads, pass);
  router.options(upload, pass);

  router.post(uploads, async (req, res) => {
    const actor = await identify(req);
    const metadata = uploadMetadata(req.get('upload-metadata'));
    await authorise(actor, metadata.groupId, begin, 'upload');
    const bytes = announcedBytes(req);
    await intake.admit(bytes);
    await deps.admitBytes?.(actor.siteId, bytes);
    await deps.admitFile?.(actor.userId, bytes);
    announced.set(req, { ...metadata, uploadedBy: actor.userId });
    await tus.handle(req, res);
  });

  router.head(upload, async (req, res) => {
    const { userId } = await identify(req);
    const taken = await intake.takenBytes(req.params.uploadId, userId);
    if (taken === undefined) {
      await intake.arrival(req.params.uploadId, userId);
      await tus.handle(req, res);
      return;
    }
    // The sender lost the answer to its last bytes: it need not send the file again.
    res.set({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'upload-offset, upload-length, tus-resumable',
      'cache-control': 'no-store',
      'upload-length': String(taken),
      'upload-offset': String(taken),
    });
    res.status(200).end();
  });

  router.patch(upload, async (req, res) => {
    const actor = await identify(req);
    const arrival = await intake.arrival(req.params.uploadId, actor.userId);
    await authorise(actor, arrival.groupId, begin, 'upload');
    await tus.handle(req, res);
  });

  router.delete(upload, async (req, res) => {
    const { userId } = await identify(req);
    await intake.arrival(req.params.uploadId, userId);
    await tus.handle(req, res);
  });

  router.get('/files/by-upload/:uploadId', async (req, res) => {
    const { userId } = await identify(req);
    res.set('cache-control', 'no-store').json(await intake.result(req.params.uploadId, userId));
  });

  return router;
}

type TusOptions = Pick<
  ServerOptions,
  'path' | 'maxSize' | 'namingFunction' | 'generateUrl' | 'disableTerminationForFinishedUploads'
>;

function tusOptions({ random }: FileRouteDeps): TusOptions {
  return {
    path: '/files/uploads',
    maxSize: limits.maxFileBytes,
    namingFunction: () => newId(random, 20),
    // A path alone is right behind any proxy, which knows host and scheme better than we do.
    generateUrl: (req, { id }) => {
      const { pathname } = new URL(originalUrl(nodeRequest(req)), 'http://localhost');
      return `${pathname.replace(/\/$/, '')}/${id}`;
    },
    // What is complete is being read; its sender removes the track instead.
    disableTerminationForFinishedUploads: true,
  };
}

/** @throws {JamzError} `invalid` unless the sender says how long the file is: room is checked before it comes */
function announcedBytes(req: Request): number {
  const bytes = Number(req.get('upload-length') ?? Number.NaN);
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  throw new JamzError('invalid', 'Upload-Length must say how many bytes the file has, at least 1');
}

type TusRequest = Parameters<NonNullable<ServerOptions['onUploadCreate']>>[0];

function nodeRequest(req: TusRequest): IncomingMessage {
  const incoming = req.runtime?.node?.req;
  if (!incoming) throw new Error('Uploads need a server of node:http');
  return incoming as IncomingMessage;
}

/** Express cuts the path it is mounted at out of `url`. */
function originalUrl(req: IncomingMessage): string {
  return 'originalUrl' in req ? String(req.originalUrl) : (req.url ?? '/');
}

import { json, type Request, Router } from 'express';
import * as v from 'valibot';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { type AccessRow, type Method, rowFor } from '../access/table.ts';
import { ingestedFile } from '../music/ingest.ts';
import type { FileRecord } from '../ports/store.ts';
import { addressLifeMs, checkAddress, type FileVariant, signAddress } from './files-address.ts';
import type { FileAction, FileRouteDeps } from './files-deps.ts';
import { sendFile } from './files-send.ts';
import { uploadRoutes } from './files-uploads.ts';

export { addressKeyOf } from './files-address.ts';
export type { FileRouteDeps } from './files-deps.ts';

/** The routes under `/v1/files`: uploads, metadata, signed addresses, ranged sound, artwork, peaks. Mount at `/v1`. */
export function fileRoutes(deps: FileRouteDeps): Router {
  const { files, records, clock, addressKey, identify, authorise } = deps;

  const known = async (fileId: string): Promise<FileRecord> => {
    const record = await records.get(fileId);
    if (!record) throw new JamzError('not-found', `There is no file ${fileId}`);
    return record;
  };

  const allowed = async (
    req: Request<{ fileId: string }>,
    row: AccessRow,
    action: FileAction,
  ): Promise<FileRecord> => {
    const actor = await identify(req);
    const { fileId } = req.params;
    const record = await known(fileId).catch(async (error: unknown) => {
      const isGone = error instanceof JamzError && error.code === 'gone';
      // Whom it is not of hears the same, and changes nothing.
      if (isGone) await deps.markTaken?.(actor, fileId, row).catch(() => {});
      throw error;
    });
    await authorise(actor, record.groupId, row, action);
    return record;
  };

  const router = Router();
  router.use(uploadRoutes(deps));

  const metadata = door('GET', '/files/:fileId');
  router.get(metadata.path, async (req, res) => {
    res.json(ingestedFile(await allowed(req, metadata.row, 'listen'), false));
  });

  const address = door('GET', '/files/:fileId/url');
  router.get(address.path, async (req, res) => {
    const variant = parsed(v.optional(variantSchema, 'audio'), req.query['variant']);
    const track = await deps.trackAddress?.(await identify(req), req.params.fileId, address.row);
    if (track) return void res.set('cache-control', 'no-store').json(track);
    const record = await allowed(req, address.row, 'listen');
    const { key } = sendable(record, variant);
    const expiresAtMs = clock.nowMs() + addressLifeMs;
    res.set('cache-control', 'no-store');
    const elsewhere = await files.addressOf(key, addressLifeMs);
    if (elsewhere !== undefined) return void res.json({ url: elsewhere, expiresAtMs });
    const query = signAddress(addressKey, record.fileId, variant, expiresAtMs);
    const url = `${req.baseUrl}/files/${record.fileId}/${variant}?${query}`;
    res.json({ url, expiresAtMs });
  });

  for (const variant of ['audio', 'artwork'] as const) {
    const { path } = door('GET', `/files/:fileId/${variant}`);
    door('HEAD', `/files/:fileId/${variant}`);
    // Express answers HEAD through the same handler.
    router.get(path, async (req: Request<{ fileId: string }>, res) => {
      const { fileId } = req.params;
      const nowMs = clock.nowMs();
      const expiresAtMs = checkAddress(addressKey, fileId, variant, req.query, nowMs);
      const file = sendable(await known(fileId), variant);
      await sendFile(req, res, files, { ...file, cacheForMs: expiresAtMs - nowMs });
    });
  }

  const peaks = door('GET', '/files/:fileId/peaks');
  router.get(peaks.path, async (req, res) => {
    res.json(peaksOf(await allowed(req, peaks.row, 'listen')));
  });

  const measured = door('PUT', '/files/:fileId/peaks');
  router.put(measured.path, json({ limit: '64kb' }), async (req, res) => {
    const body = parsed(peaksSchema, req.body);
    const actor = await identify(req);
    const record = await known(req.params.fileId);
    const own = record.uploadedBy === actor.userId;
    await authorise(actor, record.groupId, measured.row, own ? 'listen' : 'upload');
    // The first measurement stands; a second of the same bytes would say the same.
    if (record.peaks) return void res.json(peaksOf(record));
    const stored: FileRecord = {
      ...record,
      peaks: Uint8Array.from(body.peaks, (value) => Math.round(value * 255)),
      durationMs: record.durationMs ?? Math.round(body.durationMs),
    };
    await records.put(stored);
    res.json(peaksOf(stored));
  });

  return router;
}

/** A path with its row of the access table; without one the server does not start. */
function door<Path extends string>(method: Method, path: Path): { path: Path; row: AccessRow } {
  return { path, row: rowFor(method, `/v1${path}`) };
}

function sendable(
  record: FileRecord,
  variant: FileVariant,
): { key: string; mediaType: string; etag: string } {
  const digest = record.sha256.slice(0, 32);
  if (variant === 'audio') {
    return { key: record.bytesKey, mediaType: record.mediaType, etag: `"${digest}"` };
  }
  if (!record.artworkKey || !record.artworkMediaType) throw noArtwork(record.fileId);
  return {
    key: record.artworkKey,
    mediaType: record.artworkMediaType,
    etag: `"${digest}-artwork"`,
  };
}

function peaksOf({ peaks, durationMs }: FileRecord): {
  peaks: number[] | null;
  durationMs: number | null;
} {
  return { peaks: peaks && Array.from(peaks, (value) => value / 255), durationMs };
}

function noArtwork(fileId: string): JamzError {
  return new JamzError('not-found', `The file ${fileId} has no artwork`);
}

const variantSchema = v.picklist(['audio', 'artwork']);

const peaksSchema = v.object({
  peaks: v.pipe(
    v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
    v.minLength(1),
    v.maxLength(2_000),
  ),
  durationMs: v.pipe(v.number(), v.finite(), v.minValue(1), v.maxValue(86_400_000)),
});

function parsed<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new JamzError('invalid', `${v.getDotPath(issue) ?? 'value'}: ${issue.message}`);
}

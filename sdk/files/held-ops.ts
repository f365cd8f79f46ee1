import { isUpload } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import { checkPayload } from '../protocol/payload-check.ts';
import type { Payloads, TrackEntry } from '../protocol/payloads.ts';
import type { PendingOp } from '../sync/pending-op.ts';
import type { Replica } from '../sync/replica.ts';
import type { UploadedFile } from './upload.ts';

/** Ops that name an upload. */
export interface Naming {
  readonly waiting: PendingOp[];
  readonly setAside: PendingOp[];
}

/** By the upload's id. Looks at every op that waits. */
export function opsNamingUploads(replica: Replica): Map<string, Naming> {
  const found = new Map<string, Naming>();
  const note = (pending: PendingOp, where: keyof Naming): void => {
    for (const id of pending.dependsOn) {
      if (!isUpload(id)) continue;
      const naming = found.get(id) ?? { waiting: [], setAside: [] };
      found.set(id, naming);
      naming[where].push(pending);
    }
  };
  for (const scope of replica.scopes)
    for (const pending of scope.pending()) note(pending, 'waiting');
  for (const pending of replica.setAside) note(pending, 'setAside');
  return found;
}

/** The op as it can be sent, once the server has the file: the same op, which says the file's own id. */
export function withFile(
  { op, dependsOn }: PendingOp,
  { id, name }: { readonly id: string; readonly name: string },
  file: UploadedFile,
): Pick<PendingOp, 'op' | 'dependsOn'> {
  return { op: rewritten(op, id, name, file), dependsOn: dependsOn.filter((one) => one !== id) };
}

function rewritten(op: Op, id: string, name: string, file: UploadedFile): Op {
  if (op.type !== 'playlist.add') return op;
  const withEach = (named: (track: TrackEntry) => TrackEntry): Payloads['playlist.add'] => ({
    ...op.payload,
    items: op.payload.items.map((track) => (track.fileId === id ? named(track) : track)),
  });
  const checked = checkPayload(
    op.type,
    withEach((track) => asTheFileSays(track, name, file)),
  );
  // What a file says of itself may be too long: then only its id is taken.
  const payload =
    'payload' in checked
      ? checked.payload
      : withEach((track) => ({ ...track, fileId: file.fileId }));
  return { ...op, payload };
}

/** A title that is only the file's name gives way to the real one. */
function asTheFileSays(track: TrackEntry, name: string, file: UploadedFile): TrackEntry {
  const { fileId, title, artist, durationMs } = file;
  const isNamedAfterFile = track.title === name || track.title === name.replace(/\.[^.]+$/, '');
  return {
    ...(artist === undefined ? {} : { artist }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...track,
    fileId,
    title: isNamedAfterFile && title !== '' ? title : track.title,
  };
}

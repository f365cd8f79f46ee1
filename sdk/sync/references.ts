import { isUpload } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import type { Payloads } from '../protocol/payloads.ts';

/** Commands to the music name no session, but depend on whichever start or join is still pending. */
const anySession = 'session';

/** Ids of what an op brings into being; who names them depends on it. */
export function createdBy(op: Op): readonly string[] {
  switch (op.type) {
    case 'playlist.add':
      return op.payload.items.map((item) => item.itemId);
    case 'session.start':
      return [op.payload.sessionId, anySession];
    case 'session.join':
      return [anySession];
    case 'places.save':
      return [op.payload.placeId];
    case 'messages.send':
      return [op.payload.messageId];
    default:
      return none;
  }
}

/** Ids that an op names and did not make: where one is still pending, this op waits for it. */
export function namedBy(op: Op): readonly string[] {
  switch (op.type) {
    case 'playlist.add':
      return namedByAdd(op.payload);
    case 'playlist.move':
      return op.payload.after ? [op.payload.itemId, op.payload.after] : [op.payload.itemId];
    case 'playlist.remove':
    case 'playlist.amend':
    case 'reactions.set':
      return [op.payload.itemId];
    case 'playback.set':
      return op.payload.itemId ? [op.payload.itemId, anySession] : [anySession];
    case 'session.join':
      return [op.payload.sessionId];
    case 'session.leave':
    case 'session.end':
      return [op.payload.sessionId, anySession];
    case 'places.update':
    case 'places.remove':
      return [op.payload.placeId];
    case 'messages.edit':
      return [op.payload.messageId];
    default:
      return none;
  }
}

/** The item in front, and files that are still on their way to the server. */
function namedByAdd({ items, after }: Payloads['playlist.add']): readonly string[] {
  let uploads = none;
  for (const { fileId } of items) if (fileId && isUpload(fileId)) uploads = [...uploads, fileId];
  return after ? [...uploads, after] : uploads;
}

const none: readonly string[] = [];

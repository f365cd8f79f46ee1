import * as v from 'valibot';
import { idPattern } from '../../../sdk/protocol/ids.ts';
import type { AnnouncedUpload } from '../../music/ingest.ts';

/** What is kept of an upload beside its bytes. */
export interface Announced {
  /** Bytes that are to come. */
  readonly size: number;
  readonly metadata: Omit<AnnouncedUpload, 'uploadId'>;
}

const id = v.pipe(v.string(), v.regex(idPattern));

export const announcedSchema: v.GenericSchema<unknown, Announced> = v.object({
  size: v.number(),
  metadata: v.object({ groupId: id, uploadedBy: id, name: v.string() }),
});

import * as v from 'valibot';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { GroupId } from '../../sdk/protocol/ids.ts';
import { idSchema } from './id-schema.ts';

/** What a sender says of an upload before its bytes. */
export interface UploadMetadata {
  readonly groupId: GroupId;
  readonly name: string;
}

/**
 * Reads tus' `Upload-Metadata`: comma-separated pairs of a key and a base64 value. Other keys than ours are dropped.
 *
 * @throws {JamzError} `invalid`, naming what is missing
 */
export function uploadMetadata(header: string | undefined): UploadMetadata {
  const given: Record<string, string> = {};
  for (const pair of (header ?? '').split(',')) {
    const [key, value] = pair.trim().split(' ');
    if (key && value) given[key] = Buffer.from(value, 'base64').toString('utf8');
  }
  const parsed = v.safeParse(schema, { ...given, name: given['name'] ?? given['filename'] });
  if (parsed.success) return parsed.output;
  const what = parsed.issues.map((issue) => v.getDotPath(issue)).join(', ');
  throw new JamzError(
    'invalid',
    `Upload-Metadata must carry groupId and name, each in base64: ${what} is missing or malformed`,
  );
}

const maxFileNameChars = 255;

const schema = v.object({
  groupId: idSchema,
  name: v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1),
    v.transform((name) => name.slice(0, maxFileNameChars)),
  ),
});

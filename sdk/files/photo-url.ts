import type { FileId } from '../protocol/ids.ts';

/**
 * Where a picture of a person or a group is shown, without a token: for `src` of an image. Browsers keep it.
 *
 * @param jamz the connection, or whatever has its server's base URL
 * @param size of the square, in pixels
 * @example
 * if (member.photoFileId) image.src = photoUrl(jamz, member.photoFileId, 96);
 */
export function photoUrl(
  { server }: { readonly server: string },
  fileId: FileId,
  size: 96 | 256 | 640,
): string {
  return `${server}/v1/photos/${encodeURIComponent(fileId)}/${size}`;
}

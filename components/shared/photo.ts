import type { Jamz } from '../../sdk/index.ts';

/**
 * Where a small square picture is shown, as the SDK's `photoUrl` says it: written here again, since elements load the
 * SDK late.
 *
 * @param sizePx of the square in real pixels
 */
export function photoAddress(
  jamz: Pick<Jamz, 'server'> | undefined,
  fileId: string | null | undefined,
  sizePx: 96 | 256 = 96,
): string | undefined {
  if (!jamz || !fileId) return undefined;
  return `${jamz.server}/v1/photos/${encodeURIComponent(fileId)}/${sizePx}`;
}

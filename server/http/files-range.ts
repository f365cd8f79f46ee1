/** Part of a file, both ends included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Reads a `Range` header (RFC 9110, section 14.1.2).
 *
 * @returns undefined where the whole file is to be sent: no header, another unit, nonsense, or several ranges, which
 * no player asks for; `unsatisfiable` where the range begins behind the end
 */
export function byteRange(
  header: string | undefined,
  totalBytes: number,
): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(' ', '') ?? '');
  if (!match) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const suffix = Math.min(Number(last), totalBytes);
    return suffix === 0 ? 'unsatisfiable' : { from: totalBytes - suffix, to: totalBytes - 1 };
  }
  const from = Number(first);
  const to = last === '' ? totalBytes - 1 : Math.min(Number(last), totalBytes - 1);
  if (last !== '' && Number(last) < from) return undefined;
  return from >= totalBytes ? 'unsatisfiable' : { from, to };
}

import { JamzError } from '../../../../sdk/protocol/errors.ts';

/** What a vendor answered that is not what was asked for. */
interface Refusal {
  readonly name: string;
  readonly status: number | undefined;
}

/** @returns undefined for what is no answer of a vendor at all */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const { httpStatusCode: status } = error.$metadata as { httpStatusCode?: number };
  return { name: error.name, status };
}

export function isMissing(error: unknown): boolean {
  const refusal = refusalOf(error);
  return refusal?.status === 404 || missing.has(refusal?.name ?? '');
}

const missing: ReadonlySet<string> = new Set(['NoSuchKey', 'NotFound', 'NoSuchUpload']);

/** The vendor does not know the checksum headers; what is in the signature it checks all the same. */
export function isWithoutChecksums(error: unknown): boolean {
  const refusal = refusalOf(error);
  if (refusal?.status === 501 || refusal?.name === 'NotImplemented') return true;
  return (
    refusal?.status === 400 &&
    /^Invalid(Argument|Request)$/.test(refusal.name) &&
    error instanceof Error &&
    /checksum/i.test(error.message)
  );
}

/** Full: this vendor's disk, or what it grants this account. */
const full: ReadonlySet<string> = new Set(['XMinioStorageFull', 'QuotaExceeded', 'EntityTooLarge']);
/** A person must put these right: waiting does not help. */
const misconfigured: ReadonlySet<string> = new Set([
  'NoSuchBucket',
  'AccessDenied',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'PermanentRedirect',
]);

/** What callers of the port get to see. The vendor's own words stay in `cause`, for the log. */
export function named(error: unknown): unknown {
  if (error instanceof JamzError) return error;
  const refusal = refusalOf(error);
  const isDiskFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  if (isDiskFull || (refusal && (full.has(refusal.name) || refusal.status === 507))) {
    return new JamzError('storage-full', 'The server has no room left for files: try again later', {
      cause: error,
    });
  }
  if (refusal && misconfigured.has(refusal.name)) {
    return new Error(`The bucket refuses: ${refusal.name}. "doctor" says more.`, { cause: error });
  }
  return new JamzError('unavailable', 'Files cannot be reached just now: try again', {
    cause: error,
    retryAfterMs: 2_000,
  });
}

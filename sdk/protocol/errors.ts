/** Every failure that crosses the wire has one of these names. The list is closed: adding one is a new protocol version. */
export const errorCodes = [
  'unauthenticated',
  'token-expired',
  'forbidden',
  'origin-not-allowed',
  'not-found',
  'gone',
  'removed',
  'invalid',
  'too-large',
  'unsupported-type',
  'clock-ahead',
  'update-needed',
  'rate-limited',
  'quota-exceeded',
  'storage-full',
  'unavailable',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

const known: ReadonlySet<string> = new Set(errorCodes);

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && known.has(value);
}

/** A failure we expect and name. Anything else is a bug and is reported as one. */
export class JamzError extends Error {
  override readonly name = 'JamzError';
  readonly code: ErrorCode;
  /** How long the other side asks to be left alone, where it said so. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options?: ErrorOptions & { retryAfterMs?: number },
  ) {
    super(message, options);
    this.code = code;
    this.retryAfterMs = options?.retryAfterMs;
  }
}

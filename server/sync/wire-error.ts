import { JamzError } from '../../sdk/protocol/errors.ts';
import type { WireError } from '../../sdk/protocol/wire.ts';

/** A failure as it crosses the wire. What we did not expect is reported, and told without its inside. */
export function asWireError(error: unknown, onBug: (error: unknown) => void): WireError {
  if (error instanceof JamzError) {
    const { code, message, retryAfterMs } = error;
    return { code, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  onBug(error);
  return { code: 'internal', message: 'The server failed on this request: try again' };
}

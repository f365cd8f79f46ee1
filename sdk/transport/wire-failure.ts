import { isErrorCode, JamzError } from '../protocol/errors.ts';
import type { WireError } from '../protocol/wire.ts';
import type { LinkFailure } from './link.ts';

/** An answer that is not ours (a captive portal, a proxy's page) counts as no answer at all. */
export function toError(error: WireError | undefined): JamzError {
  if (!error || !isErrorCode(error.code)) {
    return new JamzError('unavailable', 'The answer did not come from this server.');
  }
  const { code, message, retryAfterMs } = error;
  return new JamzError(code, message, retryAfterMs === undefined ? {} : { retryAfterMs });
}

/** What the server said to the handshake; undefined where it was not our server that spoke. */
export function refusalIn(data: WireError | undefined): LinkFailure | undefined {
  if (!data || !isErrorCode(data.code)) return undefined;
  return { kind: 'server', error: toError(data) };
}

export function unreachable(cause?: unknown): LinkFailure {
  const error = new JamzError('unavailable', 'The server cannot be reached.', { cause });
  return { kind: 'link', error };
}

/** @param bye why the server ended it, where it said so */
export function lost(reason: string, bye: JamzError | undefined): LinkFailure {
  if (bye) return { kind: 'server', error: bye };
  return {
    kind: 'link',
    error: new JamzError('unavailable', `The connection was lost (${reason}).`),
  };
}

export function linkClosed(): JamzError {
  return new JamzError('unavailable', 'The connection is closed.');
}

export function answerLate(): JamzError {
  return new JamzError('unavailable', 'The server did not answer in time.');
}

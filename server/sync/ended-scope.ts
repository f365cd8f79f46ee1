import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { EndedScope } from '../../sdk/protocol/wire.ts';

/** The failure as the end of a scope for who asked, where it is one. */
export function asEndedScope(scope: Scope, error: unknown): EndedScope | undefined {
  if (!(error instanceof JamzError)) return undefined;
  const { code, message } = error;
  switch (code) {
    case 'removed':
    case 'gone':
    case 'forbidden':
    case 'not-found':
    case 'update-needed':
      return { scope, code, message };
    default:
      return undefined;
  }
}

import { refusalOf } from '../merge/admissible.ts';
import { actionOf, may } from '../merge/permissions.ts';
import type { ScopeState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { Op } from '../protocol/ops.ts';

/** Why the op would be refused, as far as this replica can tell; what it cannot tell is for the server to say. */
export function localRefusal(
  state: ScopeState | undefined,
  op: Op,
  payloadBytes: number,
  serverNowMs: number,
): JamzError | undefined {
  if (payloadBytes > limits.maxOpBytes) {
    return new JamzError('too-large', `That is ${payloadBytes} bytes; ${limits.maxOpBytes} fit.`);
  }
  if (!state) return undefined;
  if (state.kind === 'group') {
    const action = actionOf(op.type);
    if (action === 'server' || action === 'self' || !may(state, op.authorId, action)) {
      return new JamzError('forbidden', 'You may not do that in this group.');
    }
  }
  const refusal = refusalOf(state, op, serverNowMs);
  return refusal && new JamzError(refusal.code, refusal.message);
}

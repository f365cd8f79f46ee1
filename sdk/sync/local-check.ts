import type { refusalOf } from '../merge/admissible.ts';
import { actionOf, may } from '../merge/permissions.ts';
import type { ScopeState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { Op } from '../protocol/ops.ts';

export type RefusalOf = typeof refusalOf;

/**
 * Says at once what the server would say later: why an op would be refused, as far as this replica can tell.
 *
 * Size and permission are judged from the start. What the state itself would refuse comes a moment after the page
 * works, because nothing depends on it: until then the server alone judges, and undoes.
 */
export class LocalCheck {
  #refusalOf: RefusalOf | undefined;
  #loading = false;

  /** @param given where the judgement is at hand already, as in tests; else {@link load} brings it */
  constructor(given?: RefusalOf) {
    this.#refusalOf = given;
  }

  /** Called again and again: it is loaded once. */
  load(): void {
    if (this.#refusalOf || this.#loading) return;
    this.#loading = true;
    import('../merge/admissible.ts').then(
      (admissible) => {
        this.#refusalOf = admissible.refusalOf;
      },
      // In a dead spot, where the browser does not have it: the server judges.
      () => {
        this.#loading = false;
      },
    );
  }

  /** @param state what is shown of the scope; undefined while nothing is known of it */
  refusal(
    state: ScopeState | undefined,
    op: Op,
    payloadBytes: number,
    serverNowMs: number,
  ): JamzError | undefined {
    if (payloadBytes > limits.maxOpBytes) {
      return new JamzError('too-large', `${payloadBytes} bytes; ${limits.maxOpBytes} fit.`);
    }
    if (!state) return undefined;
    if (state.kind === 'group') {
      const action = actionOf(op.type);
      if (action === 'server' || action === 'self' || !may(state, op.authorId, action)) {
        return new JamzError('forbidden', 'You may not do that in this group.');
      }
    }
    const refusal = this.#refusalOf?.(state, op, serverNowMs);
    return refusal && new JamzError(refusal.code, refusal.message);
  }
}

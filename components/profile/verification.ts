import { html, nothing, type TemplateResult } from 'lit';
import type { Jamz, User } from '../../sdk/index.ts';
import { tell } from '../shared/events.ts';
import { codeOf } from '../shared/group-resolver.ts';
import type { ProfileWords } from './words.ts';

/** Says that an address is not confirmed yet, and sends the mail again. */
export interface Verification {
  view(jamz: Jamz, user: User, words: ProfileWords): TemplateResult | typeof nothing;
}

export function verification(element: HTMLElement & { requestUpdate(): void }): Verification {
  let busy = false;
  /** For which person the mail was asked for again, and what came of it. */
  let asked:
    | { readonly userId: string; readonly said?: string; readonly problem?: string }
    | undefined;

  async function send(jamz: Jamz, userId: string, words: ProfileWords): Promise<void> {
    busy = true;
    element.requestUpdate();
    try {
      await jamz.session.requestEmailVerification();
      asked = { userId, said: words.verifySent };
    } catch (error) {
      const code = codeOf(error);
      const message = error instanceof Error ? error.message : String(error);
      asked = { userId, problem: words.verifyProblem[code] ?? message };
      tell(element, 'jamz-error', { code, message });
    } finally {
      busy = false;
      element.requestUpdate();
    }
  }

  return {
    view(jamz, user, words) {
      if (user.email === undefined || user.emailVerified !== false) return nothing;
      const { said, problem } = asked?.userId === user.id ? asked : {};
      return html`<div class="verify" part="verify">
        <p>${words.verify(user.email)}</p>
        ${
          said
            ? nothing
            : html`<button
                class="link"
                ?disabled=${busy}
                @click=${() => void send(jamz, user.id, words)}
              >
                ${words.verifySend}
              </button>`
        }
        <p class="said" role="status">${said}</p>
        <div role="alert">${problem ? html`<p class="problem">${problem}</p>` : nothing}</div>
      </div>`;
    },
  };
}

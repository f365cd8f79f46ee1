import { type CSSResult, css, html, nothing, type TemplateResult } from 'lit';
import type { ErrorCode, Jamz, User } from '../../sdk/index.ts';
import { tell } from './events.ts';
import { codeOf } from './group-resolver.ts';
import { saidOf } from './said.ts';
import { verificationWords } from './verification-words.ts';
import { wordsFor } from './words.ts';

/** Says that an address is not confirmed yet, and sends the mail again. */
export interface Verification {
  view(jamz: Jamz, user: User): TemplateResult | typeof nothing;
}

interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

export function verification(element: HTMLElement & { requestUpdate(): void }): Verification {
  let busy = false;
  /** For which person the mail was asked for again, and what came of it. */
  let asked: { readonly userId: string; readonly failure?: Failure } | undefined;

  async function send(jamz: Jamz, userId: string): Promise<void> {
    busy = true;
    element.requestUpdate();
    try {
      await jamz.session.requestEmailVerification();
      asked = { userId };
    } catch (error) {
      const code = codeOf(error);
      const message = error instanceof Error ? error.message : String(error);
      asked = { userId, failure: { code, message } };
      tell(element, 'jamz-error', { code, message });
    } finally {
      busy = false;
      element.requestUpdate();
    }
  }

  return {
    view(jamz, user) {
      if (user.email === undefined || user.emailVerified !== false) return nothing;
      const words = wordsFor(element, verificationWords);
      const isAsked = asked?.userId === user.id;
      const failure = isAsked ? asked?.failure : undefined;
      const said = isAsked && !failure ? words.sent : undefined;
      const problem =
        failure && (words.problem[failure.code] ?? saidOf(element, failure.code, failure.message));
      return html`<div class="verify" part="verify">
        <p>${words.text(user.email)}</p>
        ${
          said
            ? nothing
            : html`<button
                class="link"
                ?disabled=${busy}
                @click=${() => void send(jamz, user.id)}
              >
                ${words.send}
              </button>`
        }
        <p class="said" role="status">${said}</p>
        <div role="alert">${problem ? html`<p class="problem">${problem}</p>` : nothing}</div>
      </div>`;
    },
  };
}

export const verificationStyles: CSSResult = css`
  .verify {
    display: grid;
    justify-items: start;
    gap: 0.2em;
    padding: 0.8em 0.9em;
    border-radius: var(--_radius-small);
    background: var(--_raised);
    font-size: var(--_size-2);
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  .verify .said {
    color: var(--_accent);
    font-size: inherit;
    font-weight: 500;
  }
  .verify .problem {
    color: var(--_danger);
    font-size: inherit;
  }
  .verify .said:empty,
  .verify [role='alert']:not(:has(*)) {
    display: none;
  }
  .link {
    justify-self: start;
    padding: 0.15em 0;
    border: 0;
    background: none;
    color: var(--_accent);
    font-size: var(--_size-2);
    text-align: start;
  }
  .verify .link {
    font-size: inherit;
  }
  @media (hover: hover) {
    .link:hover {
      text-decoration: underline;
    }
  }
  @media (pointer: coarse) {
    .link {
      min-block-size: 44px;
    }
  }
`;

import { type CSSResult, css, html, nothing } from 'lit';
import {
  accountField,
  accountFieldStyles,
  isMailAddress,
  minPasswordChars,
} from './account-field.ts';
import { errand } from './errand.ts';
import { tell } from './events.ts';
import type { Part, PartHost } from './late-parts.ts';
import { upgradeWords } from './upgrade-words.ts';
import { wordsFor } from './words.ts';

/** Where a guest gives an address and a password, and stays who they are. */
export function open(host: PartHost): Part {
  const { element, jamz } = host;
  const words = () => wordsFor(element, upgradeWords);
  const sending = errand(host);
  let email = '';
  let password = '';
  let isShown = false;
  let isTried = false;

  const wrong = (): { readonly email?: string; readonly password?: string } => ({
    ...(isMailAddress(email) ? {} : { email: words().emailMissing }),
    ...(password.length >= minPasswordChars ? {} : { password: words().passwordShort }),
  });

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    isTried = true;
    host.update();
    const [first] = Object.keys(wrong());
    if (first) {
      await element.updateComplete;
      element.renderRoot.querySelector<HTMLElement>(`#upgrade-${first}`)?.focus();
      return;
    }
    const account = { email: email.trim(), password };
    const done = await sending.run(async () => {
      const user = await jamz.session.upgrade(account);
      tell(element, 'jamz-sign-in', { userId: user.id, name: user.name, guest: user.guest });
    });
    if (done) host.done();
  }

  return {
    view() {
      const errors = isTried ? wrong() : {};
      const reveal = {
        shown: isShown,
        label: isShown ? words().hide : words().show,
        onToggle(): void {
          isShown = !isShown;
          host.update();
        },
      };
      return html`<form
        class="upgrade"
        novalidate
        aria-busy=${sending.busy ? 'true' : 'false'}
        @submit=${(event: Event) => void submit(event)}
      >
        <p class="hint">${words().text}</p>
        ${accountField({
          name: 'upgrade-email',
          label: words().email,
          value: email,
          type: 'email',
          autocomplete: 'username',
          error: errors.email,
          readonly: sending.busy,
          onInput(value) {
            email = value;
            sending.clear();
          },
        })}
        ${accountField({
          name: 'upgrade-password',
          label: words().password,
          value: password,
          type: 'password',
          autocomplete: 'new-password',
          hint: words().passwordHint,
          error: errors.password,
          readonly: sending.busy,
          onInput(value) {
            password = value;
            sending.clear();
          },
          reveal,
        })}
        <div role="alert">
          ${sending.problem ? html`<p class="problem">${sending.problem}</p>` : nothing}
        </div>
        <button class="button primary" part="upgrade" ?disabled=${sending.busy}>
          ${sending.busy ? words().busy : words().submit}
        </button>
      </form>`;
    },
    close() {
      password = '';
    },
  };
}

/** A form about an account, wherever it opens. */
export const accountFormStyles: CSSResult = css`
  .upgrade {
    display: grid;
    gap: 0.9em;
  }
  [role='alert']:not(:has(*)) {
    display: none;
  }
`;

export const styles: readonly CSSResult[] = [accountFieldStyles, accountFormStyles];

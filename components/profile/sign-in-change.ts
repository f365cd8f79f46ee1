import { html, nothing, type TemplateResult } from 'lit';
import { accountField, isMailAddress, minPasswordChars } from '../shared/account-field.ts';
import { errand } from '../shared/errand.ts';
import type { Part, PartHost } from '../shared/late-parts.ts';
import { wordsFor } from '../shared/words.ts';
import { focusOn, outcomeView } from './panel-views.ts';
import { type SignInChangeWords, signInChangeWords } from './sign-in-words.ts';

/** What is wrong, by the field that it is said of. */
type Faults = Partial<Record<'new' | 'current', (words: SignInChangeWords) => string>>;

/** One form: what shall be new, and the password that there is, which shows who asks. */
export function signInChange(host: PartHost, what: 'email' | 'password'): Part {
  const { element, jamz } = host;
  const isMail = what === 'email';
  let fresh = '';
  let current = '';
  let isShown = false;
  let isTried = false;
  let said: ((words: SignInChangeWords) => string) | undefined;
  const words = (): SignInChangeWords => wordsFor(element, signInChangeWords);
  // What the server has against one of the fields is said beside it.
  const asking = errand(host, (code) => (refusals[code] ? '' : undefined));
  const refusals: Readonly<Record<string, Faults>> = {
    forbidden: { current: (all) => all.currentWrong },
    invalid: { new: (all) => (isMail ? all.emailTaken : all.passwordGuessed) },
  };
  const refused = (): Faults => refusals[asking.code ?? ''] ?? {};

  const address = (): string => jamz.session.user$.value?.email ?? '';
  const isSame = (): boolean => fresh.trim().toLowerCase() === address().toLowerCase();
  const faultOfNew = (): Faults['new'] => {
    if (!isMail) return fresh.length < minPasswordChars ? (all) => all.passwordShort : undefined;
    if (!isMailAddress(fresh)) return (all) => all.emailMissing;
    return isSame() ? (all) => all.emailSame : undefined;
  };
  const faults = (): Faults => {
    const ofNew = faultOfNew();
    return {
      ...(ofNew ? { new: ofNew } : {}),
      ...(current === '' ? { current: (all: SignInChangeWords) => all.currentMissing } : {}),
    };
  };
  const focusOnFirst = (wrong: Faults): boolean => {
    const field = (['new', 'current'] as const).find((one) => wrong[one]);
    if (field) focusOn(element, `#${what}-${field}`);
    return field !== undefined;
  };

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    isTried = true;
    said = undefined;
    asking.clear();
    if (focusOnFirst(faults())) return;
    const email = fresh.trim();
    const proof = { password: current };
    const done = await asking.run(() =>
      jamz.session.changeSignIn(isMail ? { ...proof, email } : { ...proof, newPassword: fresh }),
    );
    if (!done) {
      focusOnFirst(refused());
      return;
    }
    said = (all) => (isMail ? all.emailDone(email) : all.passwordDone);
    clear();
    host.update();
  }

  function clear(): void {
    fresh = '';
    current = '';
    isTried = false;
    isShown = false;
  }

  const onInput = (take: (value: string) => void) => (value: string) => {
    take(value);
    said = undefined;
    asking.clear();
  };

  return {
    view(): TemplateResult {
      const all = words();
      const wrong = { ...(isTried ? faults() : {}), ...refused() };
      const reveal = {
        shown: isShown,
        label: isShown ? all.hide : all.show,
        onToggle(): void {
          isShown = !isShown;
          host.update();
        },
      };
      return html`<form
        class="change"
        novalidate
        aria-labelledby="${what}-title"
        aria-busy=${asking.busy ? 'true' : 'false'}
        @submit=${(event: Event) => void submit(event)}
      >
        <div class="group">
          <h3 id="${what}-title">${all[what]}</h3>
          <p class="note">${isMail ? all.emailText(address()) : all.passwordText}</p>
        </div>
        ${
          // By this, what keeps passwords knows whose it is.
          isMail ? nothing : html`<input hidden autocomplete="username" .value=${address()} />`
        }
        ${accountField({
          name: `${what}-new`,
          label: isMail ? all.emailNew : all.passwordNew,
          value: fresh,
          type: what,
          autocomplete: isMail ? 'email' : 'new-password',
          hint: isMail ? undefined : all.passwordHint,
          error: wrong.new?.(all),
          readonly: asking.busy,
          onInput: onInput((value) => {
            fresh = value;
          }),
          ...(isMail ? {} : { reveal }),
        })}
        ${accountField({
          name: `${what}-current`,
          label: all.current,
          value: current,
          type: 'password',
          autocomplete: 'current-password',
          error: wrong.current?.(all),
          readonly: asking.busy,
          onInput: onInput((value) => {
            current = value;
          }),
          reveal,
        })}
        ${outcomeView({ problem: asking.problem, said: said?.(all) })}
        <button class="button" part=${what === 'email' ? 'change-email' : 'change-password'} ?disabled=${asking.busy}>
          ${asking.busy ? all.busy : isMail ? all.emailSubmit : all.passwordSubmit}
        </button>
      </form>`;
    },
    close: clear,
  };
}

import { html, nothing, type TemplateResult } from 'lit';
import type { User } from '../../sdk/index.ts';
import { type AccountField, accountField } from '../shared/account-field.ts';
import { face } from '../shared/face.ts';
import type { LateParts } from '../shared/late-parts.ts';
import type { Draft, FieldErrors, FieldName, SignInMode } from './form-state.ts';
import type { SignInWords } from './words.ts';

export interface FormView {
  readonly words: SignInWords;
  readonly title: string;
  readonly draft: Draft;
  readonly password: string;
  /** Undefined where the account asks for none, as far as is known. */
  readonly code: string | undefined;
  readonly shown: boolean;
  readonly busy: boolean;
  readonly errors: FieldErrors;
  readonly problem: string | undefined;
  readonly joining: boolean;
  readonly onMode: (mode: SignInMode) => void;
  readonly onInput: (field: FieldName, value: string) => void;
  readonly onShow: () => void;
  readonly onSubmit: (event: Event) => void;
}

const modes = ['guest', 'sign-in', 'sign-up'] as const;

/** The form of somebody who is not signed in. */
export function form(view: FormView): TemplateResult {
  const { words, draft } = view;
  const labels = { guest: words.guest, 'sign-in': words.signIn, 'sign-up': words.signUp };
  const submits: Readonly<Record<SignInMode, string>> = {
    guest: view.joining ? words.join : words.submitGuest,
    'sign-in': words.submitSignIn,
    'sign-up': words.submitSignUp,
    forgot: words.submitForgot,
  };
  const isForgot = draft.mode === 'forgot';
  return html`<form novalidate @submit=${view.onSubmit} aria-busy=${view.busy ? 'true' : 'false'}>
    <h2>${isForgot ? words.forgotTitle : view.title}</h2>
    ${
      isForgot
        ? html`<p class="hint">${words.forgotText}</p>`
        : html`<fieldset class="segments">
            <legend class="hidden-visually">${words.ways}</legend>
            ${modes.map(
              (mode) => html`<label>
                <input
                  type="radio"
                  name="mode"
                  .checked=${draft.mode === mode}
                  @change=${() => view.onMode(mode)}
                /><span>${labels[mode]}</span>
              </label>`,
            )}
          </fieldset>`
    }
    ${draft.mode === 'guest' || draft.mode === 'sign-up' ? nameField(view) : nothing}
    ${draft.mode === 'guest' ? nothing : emailField(view)}
    ${draft.mode === 'guest' || isForgot ? nothing : passwordField(view)}
    ${view.code === undefined ? nothing : codeField(view, view.code)}
    ${draft.mode === 'sign-in' ? linkTo(view, 'forgot', words.forgot) : nothing}
    <div role="alert">${view.problem ? html`<p class="problem">${view.problem}</p>` : nothing}</div>
    <button class="button primary" part="submit" ?disabled=${view.busy}>
      ${view.busy ? words.busy : submits[draft.mode]}
    </button>
    ${isForgot ? linkTo(view, 'sign-in', words.back) : nothing}
  </form>`;
}

/** Before anything is known. */
export function bones(label: string): TemplateResult {
  return html`<div class="bones" role="status" aria-label=${label}>
    <div class="bone"></div>
    <div class="bone"></div>
  </div>`;
}

/** Takes the invitation of who is signed in already. */
export function joinView(view: {
  readonly title: string;
  readonly problem: string | undefined;
  readonly busy: boolean;
  readonly onJoin: () => void;
}): TemplateResult {
  return html`<div class="invited">
    ${view.problem ? html`<p class="problem" role="alert">${view.problem}</p>` : nothing}
    <button class="button primary" ?disabled=${view.busy} @click=${view.onJoin}>
      ${view.title}
    </button>
  </div>`;
}

/** The mail was asked for; whether the address has an account, nobody is told. */
export function sentView(view: {
  readonly words: SignInWords;
  readonly email: string;
  readonly onBack: () => void;
}): TemplateResult {
  const { words, email } = view;
  return html`<div class="sent" part="reset-sent">
    <h2>${words.forgotTitle}</h2>
    <p role="status">${words.forgotSent(email)}</p>
    <button class="button back" @click=${view.onBack}>${words.back}</button>
  </div>`;
}

function linkTo(view: FormView, mode: SignInMode, text: string): TemplateResult {
  return html`<button type="button" class="link" @click=${() => view.onMode(mode)}>${text}</button>`;
}

function nameField(view: FormView): TemplateResult {
  const { words, draft } = view;
  return accountField({
    ...common(view, 'name'),
    label: words.name,
    value: draft.name,
    type: 'text',
    autocomplete: draft.mode === 'guest' ? 'nickname' : 'name',
    hint: words.nameHint,
  });
}

function emailField(view: FormView): TemplateResult {
  return accountField({
    ...common(view, 'email'),
    label: view.words.email,
    value: view.draft.email,
    type: 'email',
    autocomplete: 'username',
  });
}

function passwordField(view: FormView): TemplateResult {
  const { words, draft, shown } = view;
  const isNew = draft.mode === 'sign-up';
  return accountField({
    ...common(view, 'password'),
    label: words.password,
    value: view.password,
    type: 'password',
    autocomplete: isNew ? 'new-password' : 'current-password',
    hint: isNew ? words.newPasswordHint : undefined,
    reveal: { shown, label: shown ? words.hide : words.show, onToggle: view.onShow },
  });
}

function codeField(view: FormView, value: string): TemplateResult {
  return accountField({
    ...common(view, 'code'),
    ...{ label: view.words.code, hint: view.words.codeHint },
    ...{ value, type: 'text', autocomplete: 'one-time-code' },
  });
}

function common(
  view: FormView,
  name: FieldName,
): Pick<AccountField, 'name' | 'error' | 'readonly' | 'onInput'> {
  const error = view.errors[name];
  return {
    name,
    error: error && view.words[error],
    readonly: view.busy,
    onInput: (value: string) => view.onInput(name, value),
  };
}

/** Where a guest makes an account of themselves: a line that opens to the form. */
export function upgradeView(parts: LateParts<'upgrade'>, words: SignInWords): TemplateResult {
  return html`<div class="account">
    ${
      parts.open
        ? parts.view('upgrade')
        : html`<button class="link" @click=${() => parts.toggle('upgrade')}>
            ${words.keepAccount}
          </button>`
    }
  </div>`;
}

/** Who is signed in, and the way out. */
export function signedIn(view: {
  readonly words: SignInWords;
  readonly user: User;
  readonly photo: string | undefined;
  /** What may be done about the account: confirming its address, making one of a guest. */
  readonly account: TemplateResult | typeof nothing;
  readonly join: TemplateResult | typeof nothing;
  readonly asking: boolean;
  readonly busy: boolean;
  readonly onOut: () => void;
  readonly onStay: () => void;
}): TemplateResult {
  const { words, user, photo } = view;
  return html`<div class="who" part="user">
      ${face({ id: user.id, name: user.name, photo })}
      <p class="who-text">
        <span class="truncate">${user.name}</span>
        <span class="hint truncate">${user.guest ? words.signedInGuest : (user.email ?? '')}</span>
      </p>
      ${
        view.asking
          ? nothing
          : html`<button class="button" ?disabled=${view.busy} @click=${view.onOut}>
              ${words.signOut}
            </button>`
      }
    </div>
    ${
      view.asking
        ? html`<div class="ask" role="alertdialog" aria-label=${words.signOut}>
            <p>${words.signOutGuest}</p>
            <button class="button stay" @click=${view.onStay}>${words.stay}</button>
            <button class="button danger" @click=${view.onOut}>${words.signOut}</button>
          </div>`
        : view.account
    }
    ${view.join}`;
}

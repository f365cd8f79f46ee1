import { html, nothing, type TemplateResult } from 'lit';
import type { User } from '../../sdk/index.ts';
import { face } from '../shared/face.ts';
import type { Draft, FieldErrors, FieldName, SignInMode } from './form-state.ts';
import { eyeIcon } from './icons.ts';
import type { SignInWords } from './words.ts';

export interface FormView {
  readonly words: SignInWords;
  readonly title: string;
  readonly draft: Draft;
  readonly password: string;
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

const modes: readonly SignInMode[] = ['guest', 'sign-in', 'sign-up'];

/** The form of somebody who is not signed in. */
export function form(view: FormView): TemplateResult {
  const { words, draft } = view;
  const labels = { guest: words.guest, 'sign-in': words.signIn, 'sign-up': words.signUp };
  const submits = {
    guest: view.joining ? words.join : words.submitGuest,
    'sign-in': words.submitSignIn,
    'sign-up': words.submitSignUp,
  };
  return html`<form novalidate @submit=${view.onSubmit} aria-busy=${view.busy ? 'true' : 'false'}>
    <h2>${view.title}</h2>
    <fieldset class="segments">
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
    </fieldset>
    ${draft.mode === 'sign-in' ? nothing : nameField(view)}
    ${draft.mode === 'guest' ? nothing : [emailField(view), passwordField(view)]}
    <div role="alert">${view.problem ? html`<p class="problem">${view.problem}</p>` : nothing}</div>
    <button class="button primary" part="submit" ?disabled=${view.busy}>
      ${view.busy ? words.busy : submits[draft.mode]}
    </button>
  </form>`;
}

function nameField(view: FormView): TemplateResult {
  const { words, draft } = view;
  return field(view, 'name', words.name, draft.name, {
    type: 'text',
    autocomplete: draft.mode === 'guest' ? 'nickname' : 'name',
    hint: words.nameHint,
  });
}

function emailField(view: FormView): TemplateResult {
  return field(view, 'email', view.words.email, view.draft.email, {
    type: 'email',
    autocomplete: 'username',
  });
}

function passwordField(view: FormView): TemplateResult {
  const { words, draft, shown } = view;
  const isNew = draft.mode === 'sign-up';
  return field(view, 'password', words.password, view.password, {
    type: shown ? 'text' : 'password',
    autocomplete: isNew ? 'new-password' : 'current-password',
    ...(isNew ? { hint: words.newPasswordHint } : {}),
    after: html`<button
      type="button"
      class="icon-button"
      aria-pressed=${shown ? 'true' : 'false'}
      aria-label=${shown ? words.hide : words.show}
      @click=${view.onShow}
    >
      ${eyeIcon()}
    </button>`,
  });
}

function field(
  view: FormView,
  name: FieldName,
  label: string,
  value: string,
  more: {
    readonly type: string;
    readonly autocomplete: string;
    readonly hint?: string;
    readonly after?: TemplateResult;
  },
): TemplateResult {
  const error = view.errors[name];
  const note = error ?? more.hint;
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <div class="input-row">
      <input
        class="input"
        id=${name}
        name=${name}
        type=${more.type}
        maxlength="120"
        autocomplete=${more.autocomplete}
        autocapitalize=${name === 'name' ? 'words' : 'none'}
        spellcheck="false"
        required
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby=${note ? `${name}-note` : nothing}
        .value=${value}
        ?readonly=${view.busy}
        @input=${(event: InputEvent) => view.onInput(name, typed(event))}
      />
      ${more.after ?? nothing}
    </div>
    ${note ? html`<p id="${name}-note" class=${error ? 'problem' : 'hint'}>${note}</p>` : nothing}
  </div>`;
}

/** Who is signed in, and the way out. */
export function signedIn(view: {
  readonly words: SignInWords;
  readonly user: User;
  readonly join: TemplateResult | typeof nothing;
  readonly asking: boolean;
  readonly busy: boolean;
  readonly onOut: () => void;
  readonly onStay: () => void;
}): TemplateResult {
  const { words, user } = view;
  return html`<div class="who" part="user">
      ${face(user)}
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
        : nothing
    }
    ${view.join}`;
}

function typed(event: InputEvent): string {
  return event.target instanceof HTMLInputElement ? event.target.value : '';
}

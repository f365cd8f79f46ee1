import { type CSSResult, css, html, nothing, svg, type TemplateResult } from 'lit';
import { icon } from './icon.ts';

export interface AccountField {
  /** Its id and name, unique in the element. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly type: 'text' | 'email' | 'password';
  readonly autocomplete: string;
  /** Which keys a phone shows, where the type does not say it. */
  readonly inputmode?: 'numeric';
  readonly hint?: string | undefined;
  /** In place of the hint: what is wrong. */
  readonly error?: string | undefined;
  readonly readonly?: boolean;
  readonly onInput: (value: string) => void;
  /** For passwords: the button that shows what is typed. */
  readonly reveal?: {
    readonly shown: boolean;
    readonly label: string;
    readonly onToggle: () => void;
  };
}

/** A field of a form about an account: name, address or password. */
export function accountField(field: AccountField): TemplateResult {
  const { name, error, reveal } = field;
  const note = error ?? field.hint;
  return html`<div class="field">
    <label for=${name}>${field.label}</label>
    <div class="input-row">
      <input
        class="input"
        id=${name}
        name=${name}
        type=${reveal?.shown ? 'text' : field.type}
        maxlength=${field.type === 'password' ? 256 : 120}
        autocomplete=${field.autocomplete}
        inputmode=${field.inputmode ?? nothing}
        autocapitalize=${field.type === 'text' ? 'words' : 'none'}
        spellcheck="false"
        required
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby=${note ? `${name}-note` : nothing}
        .value=${field.value}
        ?readonly=${field.readonly ?? false}
        @input=${(event: InputEvent) => field.onInput(typed(event))}
      />
      ${
        reveal
          ? html`<button
              type="button"
              class="icon-button"
              aria-pressed=${reveal.shown ? 'true' : 'false'}
              aria-label=${reveal.label}
              @click=${reveal.onToggle}
            >
              ${eyeIcon()}
            </button>`
          : nothing
      }
    </div>
    ${note ? html`<p id="${name}-note" class=${error ? 'problem' : 'hint'}>${note}</p>` : nothing}
  </div>`;
}

/** What the field looks like, and what is said below it. */
export const accountFieldStyles: CSSResult = css`
  .input-row {
    position: relative;
    display: grid;
  }
  .input-row .icon-button {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0.2em;
    margin-block: auto;
  }
  .input-row:has(.icon-button) .input {
    padding-inline-end: 3.2em;
  }
  .hint,
  .problem {
    font-size: var(--_size-2);
    text-wrap: pretty;
  }
  .hint {
    color: var(--_quiet);
  }
  .problem {
    color: var(--_danger);
  }
`;

export function isMailAddress(text: string): boolean {
  return /^\S+@\S+\.\S+$/u.test(text.trim());
}

export const minPasswordChars = 8;

function typed({ target }: InputEvent): string {
  return target instanceof HTMLInputElement ? target.value : '';
}

function eyeIcon(): TemplateResult {
  return icon(
    svg`<path d="M2.8 12S6.2 5.8 12 5.8s9.2 6.2 9.2 6.2-3.4 6.2-9.2 6.2S2.8 12 2.8 12z"/><circle cx="12" cy="12" r="2.8"/>`,
  );
}

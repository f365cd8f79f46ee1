import { html, nothing, type TemplateResult } from 'lit';
import { accountField } from '../shared/account-field.ts';
import { errand } from '../shared/errand.ts';
import type { PartHost } from '../shared/late-parts.ts';
import { wordsFor } from '../shared/words.ts';
import { type CodesWords, codesWords } from './codes-words.ts';
import { focusOn, outcomeView } from './panel-views.ts';

type Field = 'password' | 'code';
type Faults = Partial<Record<Field, (words: CodesWords) => string>>;

/** What a form asks for, and what is done with it. */
export interface CodesFormOptions {
  readonly fields: readonly Field[];
  /** Of an app alone: digits. Otherwise one for recovery is taken, too. */
  readonly isOfApp?: boolean;
  readonly submit: (words: CodesWords) => string;
  readonly isDanger?: boolean;
  readonly run: (typed: { readonly password: string; readonly code: string }) => Promise<void>;
  readonly onCancel?: () => void;
  /** What the form was about has run out. */
  readonly onGone?: () => void;
}

export interface CodesForm {
  view(): TemplateResult;
  /** Forgets what was typed. */
  clear(): void;
}

/** A password, a code, or both: what is wrong with either is said beside it. */
export function codesForm(host: PartHost, options: CodesFormOptions): CodesForm {
  const { fields, isOfApp = false } = options;
  const typed = { password: '', code: '' };
  let isShown = false;
  let isTried = false;
  // What the server has against one of the fields is said there.
  const asking = errand(host, (code) => (refusals[code] ? '' : undefined));
  const refusals: Readonly<Record<string, Faults>> = {
    ...(fields.includes('password') ? { forbidden: { password: (all) => all.passwordWrong } } : {}),
    ...(fields.includes('code') ? { invalid: { code: (all) => all.codeWrong } } : {}),
  };

  const missing = (): Faults => ({
    ...(fields.includes('password') && typed.password === ''
      ? { password: (all: CodesWords) => all.passwordMissing }
      : {}),
    ...(fields.includes('code') && typed.code.trim() === ''
      ? { code: (all: CodesWords) => all.codeMissing }
      : {}),
  });
  const focusOnFirst = (wrong: Faults): boolean => {
    const field = fields.find((one) => wrong[one]);
    if (field) focusOn(host.element, `#codes-${field}`);
    return field !== undefined;
  };

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    isTried = true;
    asking.clear();
    if (focusOnFirst(missing())) return;
    const { password, code } = typed;
    if (await asking.run(() => options.run({ password, code: code.trim() }))) return;
    if (asking.code === 'gone') options.onGone?.();
    // A code that was refused is never taken again.
    if (refusals[asking.code ?? '']?.code) typed.code = '';
    isTried = false;
    host.update();
    focusOnFirst(refusals[asking.code ?? ''] ?? {});
  }

  const onInput = (field: Field) => (value: string) => {
    typed[field] = value;
    asking.clear();
  };

  const fieldView = (field: Field, wrong: Faults): TemplateResult => {
    const words = wordsFor(host.element, codesWords);
    const shared = {
      name: `codes-${field}`,
      value: typed[field],
      error: wrong[field]?.(words),
      readonly: asking.busy,
      onInput: onInput(field),
    };
    if (field === 'code') {
      return accountField({
        ...shared,
        ...{ label: isOfApp ? words.code : words.anyCode, type: 'text' },
        ...{ autocomplete: 'one-time-code', hint: isOfApp ? words.codeHint : words.anyCodeHint },
        ...(isOfApp ? { inputmode: 'numeric' } : {}),
      });
    }
    const reveal = {
      shown: isShown,
      label: isShown ? words.hide : words.show,
      onToggle(): void {
        isShown = !isShown;
        host.update();
      },
    };
    const label = words.password;
    return accountField({
      ...{ ...shared, label, reveal, type: 'password', autocomplete: 'current-password' },
    });
  };

  return {
    view() {
      const words = wordsFor(host.element, codesWords);
      const wrong = { ...(isTried ? missing() : {}), ...refusals[asking.code ?? ''] };
      return html`<form
        class="codes-form"
        novalidate
        aria-busy=${asking.busy ? 'true' : 'false'}
        @submit=${(event: Event) => void submit(event)}
      >
        ${fields.map((field) => fieldView(field, wrong))}
        ${outcomeView({ problem: asking.problem })}
        <div class="buttons">
          <button
            class="button ${options.isDanger ? 'danger' : 'primary'}"
            part="codes"
            ?disabled=${asking.busy}
          >
            ${asking.busy ? words.busy : options.submit(words)}
          </button>
          ${
            options.onCancel
              ? html`<button type="button" class="button cancel" @click=${options.onCancel}>
                  ${words.cancel}
                </button>`
              : nothing
          }
        </div>
      </form>`;
    },
    clear() {
      typed.password = '';
      typed.code = '';
      isTried = false;
      isShown = false;
    },
  };
}

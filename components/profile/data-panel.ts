import { type CSSResult, html, nothing, type TemplateResult } from 'lit';
import { accountField, accountFieldStyles } from '../shared/account-field.ts';
import { errand } from '../shared/errand.ts';
import { request, tell } from '../shared/events.ts';
import type { Part, PartHost } from '../shared/late-parts.ts';
import { accountFormStyles } from '../shared/upgrade-form.ts';
import { wordsFor } from '../shared/words.ts';
import { dataWords } from './data-words.ts';
import { panelStyles } from './panel-styles.ts';
import { focusOn, outcomeView } from './panel-views.ts';

/** How the person takes their data along, and how they delete their account. */
export function open(host: PartHost): Part {
  const { element, jamz } = host;
  const words = () => wordsFor(element, dataWords);
  const saving = errand(host);
  const deleting = errand(host, (code) =>
    code === 'forbidden' ? words().wrongPassword : undefined,
  );
  let isAsked = false;
  let password = '';
  let isShown = false;
  let isMissing = false;
  let alsoFiles = false;

  /** Who came by mail and password has one; the others show by their sign-in who they are. */
  const hasPassword = (): boolean => jamz.session.user$.value?.email !== undefined;

  async function save(format: 'json' | 'csv'): Promise<void> {
    await saving.run(async () => {
      const url = URL.createObjectURL(await jamz.exportData({ format }));
      const link = element.ownerDocument.createElement('a');
      link.href = url;
      link.download = `trafficjamz.${format}`;
      link.click();
      // Once the browser has taken it.
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    });
  }

  async function remove(event: Event): Promise<void> {
    event.preventDefault();
    isMissing = hasPassword() && password === '';
    host.update();
    if (isMissing) return focusOn(element, '#delete-password');
    if (!request(element, 'jamz-request-delete-account', { alsoFiles })) return;
    const proof = { alsoFiles, ...(hasPassword() ? { password } : {}) };
    const done = await deleting.run(() => jamz.deleteAccount(proof));
    password = '';
    if (!done) return focusOn(element, '#delete-password');
    host.done();
    // Inside a <jamz-group> the group tells this itself.
    if (!element.closest('jamz-group')) tell(element, 'jamz-sign-out', {});
  }

  const ask = (on: boolean): void => {
    isAsked = on;
    password = '';
    isMissing = false;
    deleting.clear();
    focusOn(element, on ? '.delete .stay' : '.begin-delete');
  };

  const passwordView = (): TemplateResult =>
    accountField({
      name: 'delete-password',
      label: words().deletePassword,
      value: password,
      type: 'password',
      autocomplete: 'current-password',
      error: isMissing ? words().passwordMissing : undefined,
      readonly: deleting.busy,
      onInput(value) {
        password = value;
        isMissing = false;
        deleting.clear();
      },
      reveal: {
        shown: isShown,
        label: isShown ? words().hide : words().show,
        onToggle() {
          isShown = !isShown;
          host.update();
        },
      },
    });

  const deleteForm = (): TemplateResult => html`<form
    class="upgrade delete"
    novalidate
    @submit=${(event: Event) => void remove(event)}
  >
    <p class="note">${words().deleteAsk}</p>
    ${hasPassword() ? passwordView() : nothing}
    <label class="check">
      <input
        type="checkbox"
        .checked=${alsoFiles}
        @change=${({ target }: Event) => {
          if (target instanceof HTMLInputElement) alsoFiles = target.checked;
        }}
      />
      <span>${words().deleteFiles}</span>
    </label>
    ${outcomeView({ problem: deleting.problem })}
    <div class="buttons">
      <button type="button" class="button stay" @click=${() => ask(false)}>${words().cancel}</button>
      <button class="button danger" part="delete" ?disabled=${deleting.busy}>
        ${deleting.busy ? words().busy : words().deleteYes}
      </button>
    </div>
  </form>`;

  return {
    view: () => html`<div class="panel">
      <div class="group">
        <h3>${words().takeAlong}</h3>
        <p class="note">${words().takeAlongText}</p>
      </div>
      <div class="buttons">
        ${(['json', 'csv'] as const).map(
          (format) => html`<button
            class="button"
            ?disabled=${saving.busy}
            @click=${() => void save(format)}
          >
            ${format === 'json' ? words().asJson : words().asCsv}
          </button>`,
        )}
      </div>
      ${outcomeView({ problem: saving.problem, said: saving.busy ? words().busy : '' })}
      <div class="danger-zone">
        <div class="group">
          <h3>${words().deleteTitle}</h3>
          <p class="note">${words().deleteText}</p>
        </div>
        ${
          isAsked
            ? deleteForm()
            : html`<div class="buttons">
                <button class="button danger begin-delete" @click=${() => ask(true)}>
                  ${words().deleteTitle}
                </button>
              </div>`
        }
      </div>
    </div>`,
    close() {
      password = '';
    },
  };
}

export const styles: readonly CSSResult[] = [panelStyles, accountFieldStyles, accountFormStyles];

import { html, type TemplateResult } from 'lit';
import type { MembersWords } from './words.ts';

/** Where one changes one's own name. */
export function renameForm(view: {
  readonly name: string;
  readonly words: MembersWords;
  readonly cancel: string;
  /** @param name not empty, without spaces around it */
  readonly onSave: (name: string) => void;
  readonly onDone: () => void;
}): TemplateResult {
  const { words } = view;
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const name = String(new FormData(event.target).get('name') ?? '').trim();
    if (name !== '') view.onSave(name);
  };
  return html`<li>
    <form class="rename" @submit=${save}>
      <div class="field">
        <label for="name">${words.name}</label>
        <input
          class="input"
          id="name"
          name="name"
          maxlength="120"
          required
          autocomplete="nickname"
          .value=${view.name}
        />
      </div>
      <div class="buttons">
        <button type="button" class="button" @click=${view.onDone}>${view.cancel}</button>
        <button class="button primary">${words.save}</button>
      </div>
    </form>
  </li>`;
}

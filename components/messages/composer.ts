import { html, type TemplateResult } from 'lit';
import { arrowIcon } from './icons.ts';
import type { MessagesWords } from './words.ts';

/** Where one writes: Enter sends, Shift and Enter starts a line. */
export function composerView(view: {
  readonly words: MessagesWords;
  readonly draft: string;
  readonly onInput: (text: string) => void;
  readonly onSend: () => void;
}): TemplateResult {
  const { words, draft } = view;
  const typed = ({ target }: InputEvent): void => {
    if (target instanceof HTMLTextAreaElement) view.onInput(target.value);
  };
  const key = (event: KeyboardEvent): void => {
    // While an input method composes, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    view.onSend();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    view.onSend();
  };
  return html`<form class="composer" part="composer" @submit=${submit}>
    <textarea
      class="input"
      rows="1"
      maxlength="4000"
      enterkeyhint="send"
      aria-label=${words.write}
      aria-describedby="hint"
      placeholder=${words.write}
      dir="auto"
      .value=${draft}
      @input=${typed}
      @keydown=${key}
    ></textarea>
    <button class="send" part="send" aria-label=${words.send} ?disabled=${draft.trim() === ''}>
      ${arrowIcon()}
    </button>
    <span id="hint" class="hidden-visually">${words.hint}</span>
  </form>`;
}

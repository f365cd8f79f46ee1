import { html, type TemplateResult } from 'lit';

export interface Composer {
  readonly draft: string;
  /** What is written here, as its name and in the empty field. */
  readonly label: string;
  /** How to send and how to start a line; heard, not seen. */
  readonly hint: string;
  /** What stands beside the field: it sends. */
  readonly button: TemplateResult;
  readonly onInput: (text: string) => void;
  readonly onSend: () => void;
  /** Up in an empty field. */
  readonly onRecall?: () => void;
}

/** Where one writes: Enter sends, Shift and Enter starts a line. */
export function composerView(view: Composer): TemplateResult {
  const { draft, label } = view;
  const typed = ({ target }: InputEvent): void => {
    if (target instanceof HTMLTextAreaElement) view.onInput(target.value);
  };
  const key = (event: KeyboardEvent): void => {
    // While an input method composes, its keys are its own.
    if (event.isComposing) return;
    if (event.key === 'ArrowUp' && draft === '') view.onRecall?.();
    if (event.key !== 'Enter' || event.shiftKey) return;
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
      aria-label=${label}
      aria-describedby="hint"
      placeholder=${label}
      dir="auto"
      .value=${draft}
      @input=${typed}
      @keydown=${key}
    ></textarea>
    ${view.button}
    <span id="hint" class="hidden-visually">${view.hint}</span>
  </form>`;
}

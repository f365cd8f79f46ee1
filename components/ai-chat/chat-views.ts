import { html, nothing, type TemplateResult } from 'lit';
import { composerView } from '../shared/composer.ts';
import { closeIcon } from '../shared/icons.ts';
import { privateIcon, sendIcon, sparkIcon, stopIcon } from './icons.ts';
import type { AiChatWords } from './words.ts';

/** The name, the switch of the private mode, and a way to begin anew. */
export function headView(view: {
  readonly words: AiChatWords;
  readonly isPrivate: boolean;
  readonly setPrivate: (on: boolean) => void;
  readonly clear: (() => void) | undefined;
}): TemplateResult {
  const { words, isPrivate, clear } = view;
  return html`<header class="head">
    <h2 id="title">${words.title}</h2>
    <button
      class="button quiet private"
      part="private"
      aria-pressed=${isPrivate}
      @click=${() => view.setPrivate(!isPrivate)}
    >
      ${privateIcon()}${words.private}
    </button>
    ${
      clear
        ? html`<button class="icon-button" part="clear" aria-label=${words.clear} @click=${clear}>
            ${closeIcon()}
          </button>`
        : nothing
    }
  </header>`;
}

/** Before the first question: three to begin with. */
export function startView(words: AiChatWords, ask: (text: string) => void): TemplateResult {
  return html`<div class="start" part="start">
    <slot name="start">
      <span class="notice-icon">${sparkIcon()}</span>
      <p class="notice-title">${words.startTitle}</p>
      <p class="notice-text">${words.startText}</p>
    </slot>
    <ul class="prompts">
      ${words.prompts.map(
        (prompt) => html`<li>
          <button class="button prompt" part="prompt" @click=${() => ask(prompt)}>${prompt}</button>
        </li>`,
      )}
    </ul>
  </div>`;
}

/** The person has not agreed yet. */
export function consentView(words: AiChatWords, agree: () => void): TemplateResult {
  return html`<div class="notice" part="consent">
    <span class="notice-icon">${sparkIcon()}</span>
    <p class="notice-title">${words.consentTitle}</p>
    <p class="notice-text">${words.consentText}</p>
    <button class="button primary" part="agree" @click=${agree}>${words.consentYes}</button>
    <p class="notice-code">${words.consentHow}</p>
  </div>`;
}

/** The server has no assistant. */
export function missingView(words: AiChatWords): TemplateResult {
  return html`<slot name="missing">
    <div class="notice" part="notice">
      <span class="notice-icon">${sparkIcon()}</span>
      <p class="notice-title">${words.missingTitle}</p>
      <p class="notice-text">${words.missingText}</p>
    </div>
  </slot>`;
}

/** Where one asks. While an answer comes its button stops it. */
export function askView(view: {
  readonly words: AiChatWords;
  readonly draft: string;
  readonly streaming: boolean;
  readonly offline: boolean;
  readonly onInput: (text: string) => void;
  readonly onSend: () => void;
  readonly onStop: () => void;
  readonly onRecall: () => void;
}): TemplateResult {
  const { words, draft, streaming, offline } = view;
  return composerView({
    draft,
    label: words.ask,
    hint: words.hint,
    button: streaming
      ? html`<button class="send" type="button" part="stop" aria-label=${words.stop} @click=${view.onStop}>
          ${stopIcon()}
        </button>`
      : html`<button class="send" part="send" aria-label=${words.send} ?disabled=${draft.trim() === '' || offline}>
          ${sendIcon()}
        </button>`,
    onInput: view.onInput,
    onSend: view.onSend,
    onRecall: view.onRecall,
  });
}

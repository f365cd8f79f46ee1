import { html, nothing, type TemplateResult } from 'lit';
import { checkIcon } from '../shared/icons.ts';
import { copyIcon } from './icons.ts';
import type { MembersWords } from './words.ts';

/** Where making an invitation stands. */
export type InviteState =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'made'; readonly url: string; readonly copied: boolean }
  | { readonly kind: 'failed'; readonly say: (words: MembersWords) => string };

/** The link, to copy or to hand to another app. */
export function inviteView(view: {
  readonly state: InviteState;
  readonly words: MembersWords;
  readonly canShare: boolean;
  readonly onCopy: (url: string) => void;
  readonly onShare: (url: string) => void;
}): TemplateResult | typeof nothing {
  const { state, words } = view;
  if (state.kind === 'failed') return html`<p class="problem" role="alert">${state.say(words)}</p>`;
  if (state.kind !== 'made') return nothing;
  const { url, copied } = state;
  return html`<div class="invitation" part="invitation">
    <div class="field">
      <label for="link">${words.linkTitle}</label>
      <input
        class="input"
        id="link"
        readonly
        dir="ltr"
        .value=${url}
        aria-describedby="link-note"
        @focus=${(event: FocusEvent) => {
          if (event.target instanceof HTMLInputElement) event.target.select();
        }}
      />
    </div>
    <p id="link-note" class="note">${words.linkText}</p>
    <div class="buttons">
      <button class="button primary" @click=${() => view.onCopy(url)}>
        ${copied ? checkIcon() : copyIcon()}${copied ? words.copied : words.copy}
      </button>
      ${
        view.canShare
          ? html`<button class="button" @click=${() => view.onShare(url)}>${words.share}</button>`
          : nothing
      }
    </div>
    <p class="hidden-visually" role="status">${copied ? words.copied : ''}</p>
  </div>`;
}

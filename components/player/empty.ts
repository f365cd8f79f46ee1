import { type CSSResult, css, html, nothing, type TemplateResult } from 'lit';
import type { Group } from '../../sdk/index.ts';
import { musicIcon, plusIcon } from '../shared/icons.ts';
import { audioTypes, uploadToPlaylist } from '../shared/upload-to-playlist.ts';
import { wordsFor } from '../shared/words.ts';
import { emptyWords } from './empty-words.ts';

/** No track at all: says so and takes the first ones from the person's own files. */
export function emptyView(view: {
  readonly element: Element;
  readonly group: Group;
  readonly allowed: boolean;
}): TemplateResult {
  const { element, group } = view;
  const words = wordsFor(element, emptyWords);
  const choose = (event: Event): void => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement)) return;
    uploadToPlaylist(element, group, [...(input.files ?? [])]);
    input.value = '';
  };
  return html`
    <slot name="empty">
      <div class="notice">
        <span class="notice-icon">${musicIcon()}</span>
        <p class="notice-title">${words.title}</p>
        <p class="notice-text">${words.text}</p>
        ${
          view.allowed
            ? html`<label class="button primary pick" part="add">
                ${plusIcon()} ${words.addTrack}
                <input
                  class="hidden-visually"
                  type="file"
                  multiple
                  accept=${audioTypes}
                  @change=${choose}
                />
              </label>`
            : nothing
        }
      </div>
    </slot>
  `;
}

export const emptyStyles: CSSResult = css`
  .pick {
    position: relative;
    cursor: pointer;
  }
  .pick:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
`;

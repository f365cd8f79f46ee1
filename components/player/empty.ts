import { html, nothing, type TemplateResult } from 'lit';
import type { Group } from '../../sdk/index.ts';
import { musicIcon, plusIcon } from '../shared/icons.ts';
import { audioTypes, uploadToPlaylist } from '../shared/upload-to-playlist.ts';
import type { PlayerWords } from './words.ts';

/** No track at all: says so and takes the first ones from the person's own files. */
export function emptyView(view: {
  readonly element: EventTarget;
  readonly words: PlayerWords;
  readonly group: Group;
  readonly allowed: boolean;
}): TemplateResult {
  const { element, words, group } = view;
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
        <p class="notice-title">${words.emptyTitle}</p>
        <p class="notice-text">${words.emptyText}</p>
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

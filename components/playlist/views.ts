import { html, nothing, type TemplateResult } from 'lit';
import { queueIcon } from './icons.ts';
import type { PlaylistWords } from './words.ts';

const bones = [0, 1, 2, 3];

/** Rows to come. */
export function skeletonView(loading: string): TemplateResult {
  return html`
    <header class="header"><span class="bone heading"></span></header>
    <div class="bones" role="img" aria-label=${loading}>
      ${bones.map(
        () => html`<div class="bone-row">
          <span class="bone dot"></span>
          <span class="bone line"></span>
        </div>`,
      )}
    </div>
  `;
}

export function emptyView(words: PlaylistWords): TemplateResult {
  return html`
    <slot name="empty">
      <div class="notice">
        <span class="notice-icon">${queueIcon()}</span>
        <p class="notice-title">${words.emptyTitle}</p>
        <p class="notice-text">${words.emptyText}</p>
      </div>
    </slot>
  `;
}

/** Offers to put back what was just removed. */
export function undoView(
  titles: readonly string[],
  words: PlaylistWords,
  undo: string,
  act: () => void,
): TemplateResult | typeof nothing {
  const [title] = titles;
  if (title === undefined) return nothing;
  return html`
    <div class="toast" part="undo">
      <span class="truncate">
        ${titles.length === 1 ? words.removedOne(title) : words.removedMany(titles.length)}
      </span>
      <button class="button quiet" @click=${act}>${undo}</button>
    </div>
  `;
}

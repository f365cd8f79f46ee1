import { html, nothing, type TemplateResult } from 'lit';
import type { PlaylistEntry } from '../../sdk/index.ts';
import { clockTime } from '../shared/format.ts';
import { closeIcon, heartFullIcon, heartIcon } from '../shared/icons.ts';
import { setStyle } from '../shared/set-style.ts';
import { handleIcon } from './icons.ts';
import type { PlaylistWords } from './words.ts';

export interface RowView {
  readonly words: PlaylistWords;
  readonly entry: PlaylistEntry;
  readonly index: number;
  readonly count: number;
  /** Upper edge, px from the list's start. */
  readonly topPx: number;
  readonly current: boolean;
  readonly playing: boolean;
  /** Under a finger now. */
  readonly carried: boolean;
  /** The one row that the Tab key reaches. */
  readonly active: boolean;
  readonly addedBy: string | undefined;
  readonly may: { readonly control: boolean; readonly remove: boolean; readonly move: boolean };
}

export interface RowCommands {
  readonly select: (entry: PlaylistEntry) => void;
  readonly like: (entry: PlaylistEntry) => void;
  readonly remove: (index: number) => void;
  readonly focus: (index: number) => void;
  readonly grab: (event: PointerEvent, index: number) => void;
  readonly carry: (event: PointerEvent) => void;
  readonly drop: () => void;
  readonly cancel: () => void;
}

/** One track of the list. */
export function rowView(row: RowView, commands: RowCommands): TemplateResult {
  const { words, entry, index, may } = row;
  const tabindex = row.active ? '0' : '-1';
  const artist = entry.takenDown
    ? words.takenDown
    : // A file that has no id of the server's yet, only its upload's.
      entry.fileId?.[0] === '~'
      ? words.held
      : entry.artist;
  const detail = [artist, row.addedBy].filter(Boolean).join(' · ');
  return html`
    <li
      class="row"
      part=${row.current ? 'row current' : 'row'}
      role="listitem"
      aria-setsize=${row.count}
      aria-posinset=${index + 1}
      ?data-current=${row.current}
      ?data-carried=${row.carried}
      ?data-taken-down=${entry.takenDown}
      ${setStyle({ translate: `0 ${row.topPx}px` })}
      @focusin=${() => commands.focus(index)}
    >
      <button
        class="track"
        part="track"
        tabindex=${tabindex}
        data-index=${index}
        aria-current=${row.current ? 'true' : nothing}
        aria-disabled=${may.control ? nothing : 'true'}
        @click=${() => commands.select(entry)}
      >
        <span class="place tabular" aria-hidden="true">
          ${row.current ? equaliser(row.playing) : index + 1}
        </span>
        <span class="words">
          <span class="title truncate">${entry.title}</span>
          <span class="detail truncate">${detail}</span>
        </span>
        <span class="length tabular">${clockTime(entry.durationMs)}</span>
      </button>
      <button
        class="like"
        part="like"
        tabindex=${tabindex}
        aria-label=${words.like(entry.title, entry.likes)}
        aria-pressed=${entry.likedByMe}
        @click=${() => commands.like(entry)}
      >
        ${entry.likedByMe ? heartFullIcon() : heartIcon()}
        ${entry.likes > 0 ? html`<span class="tabular" aria-hidden="true">${entry.likes}</span>` : nothing}
      </button>
      ${
        may.remove
          ? html`<button
              class="icon-button edit"
              part="remove"
              tabindex=${tabindex}
              aria-label=${words.remove(entry.title)}
              @click=${() => commands.remove(index)}
            >
              ${closeIcon()}
            </button>`
          : nothing
      }
      ${
        may.move
          ? html`<button
              class="icon-button edit handle"
              part="handle"
              tabindex=${tabindex}
              aria-label=${words.move(entry.title)}
              aria-describedby="row-help"
              @pointerdown=${(event: PointerEvent) => commands.grab(event, index)}
              @pointermove=${commands.carry}
              @pointerup=${commands.drop}
              @pointercancel=${commands.cancel}
            >
              ${handleIcon()}
            </button>`
          : nothing
      }
    </li>
  `;
}

function equaliser(playing: boolean): TemplateResult {
  return html`<span class="equaliser" ?data-playing=${playing}><i></i><i></i><i></i></span>`;
}

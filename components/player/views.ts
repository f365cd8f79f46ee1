import { html, nothing, type TemplateResult } from 'lit';
import type {
  Jamz,
  ListenerState,
  Member,
  NowPlaying,
  PlaylistEntry,
  PlaylistItem,
} from '../../sdk/index.ts';
import { heartFullIcon, heartIcon, musicIcon, offlineIcon } from '../shared/icon.ts';
import { isMe, nameOf } from '../shared/people.ts';
import { keyboardIcon, lockIcon, volumeIcon } from './icons.ts';
import type { TrackExtras } from './track-extras.ts';
import type { PlayerWords } from './words.ts';

/** Artwork, title, artist, like. */
export function headView(view: {
  readonly words: PlayerWords;
  readonly item: PlaylistItem | null;
  readonly entry: PlaylistEntry | undefined;
  readonly extras: TrackExtras;
  /** Tracks in the playlist. */
  readonly count: number;
  /** The word for it, while there is no connection. */
  readonly offline: string | undefined;
  readonly like: (itemId: string, like: boolean) => void;
}): TemplateResult {
  const { words, item, entry, extras } = view;
  const liked = entry?.likedByMe ?? false;
  return html`
    <div class="art" part="artwork">
      ${
        extras.artworkUrl
          ? html`<img
              src=${extras.artworkUrl}
              alt=""
              crossorigin=${extras.readable ? 'anonymous' : nothing}
              @load=${extras.loaded}
              @error=${extras.failed}
            />`
          : musicIcon()
      }
    </div>
    <div class="about">
      <p class="title" part="title" title=${item?.title ?? nothing}>
        ${item?.title ?? words.readyTitle}
      </p>
      <p class="artist truncate" part="artist">
        ${view.offline ? html`<span class="chip">${offlineIcon()}${view.offline}</span>` : nothing}
        ${item ? (item.artist ?? nothing) : words.readyText(view.count)}
      </p>
    </div>
    ${
      item && entry
        ? html`<button
            class="like"
            part="like"
            aria-label=${words.like(item.title, entry.likes)}
            aria-pressed=${liked}
            @click=${() => view.like(item.itemId, !liked)}
          >
            ${liked ? heartFullIcon() : heartIcon()}
            ${
              entry.likes > 0
                ? html`<span class="tabular" aria-hidden="true">${entry.likes}</span>`
                : nothing
            }
          </button>`
        : nothing
    }
  `;
}

/** Who is in control and what comes next; or what the person must know or do first. */
export function footView(view: {
  readonly words: PlayerWords;
  readonly now: NowPlaying;
  readonly state: ListenerState | undefined;
  readonly ended: boolean;
  readonly allowed: boolean;
  readonly trouble: (words: PlayerWords, message: string) => TemplateResult;
  readonly needsTap: boolean;
  readonly jamz: Jamz;
  readonly members: readonly Member[];
  readonly listen: () => void;
  /** What this device's sound can be set to, once it sounds. */
  readonly settings: TemplateResult | undefined;
  readonly help: (() => void) | undefined;
}): TemplateResult {
  const { words, now, state, members, jamz } = view;
  if (view.needsTap) {
    return html`<div class="foot call" part="foot">
      <button class="button primary listen" part="listen" @click=${view.listen}>
        ${volumeIcon()} ${words.tapToListen}
      </button>
    </div>`;
  }
  if (state?.kind === 'failed') {
    return view.trouble(words, state.message);
  }
  const name = nameOf(members, now.by);
  const control = isMe(jamz, now.by) ? words.byYou : name === undefined ? '' : words.by(name);
  return html`
    <div class="foot" part="foot">
      <p class="control truncate">
        ${view.allowed ? nothing : html`<span class="locked">${lockIcon()}</span>`}
        ${view.ended ? words.ended : view.allowed ? control : words.readOnly}
      </p>
      ${
        now.nextItem
          ? html`<p class="queue truncate">
              <span class="label">${words.upNext}</span> ${now.nextItem.title}
            </p>`
          : nothing
      }
      ${view.settings}
      ${
        view.help
          ? html`<button class="icon-button help" aria-label=${words.keys} @click=${view.help}>
              ${keyboardIcon()}
            </button>`
          : nothing
      }
    </div>
  `;
}

/** Trouble with this device's sound in bare words, while the code to show it well is on its way. */
export function troubleText(words: PlayerWords, message: string): TemplateResult {
  return html`<p class="foot" part="foot" role="alert">${words.audioMissing} ${message}</p>`;
}

/** What is said where even the code to say it well could not be loaded. */
export function plainView(text: string): TemplateResult {
  return html`<slot name="error"><p class="plain" role="alert">${text}</p></slot>`;
}

/** The player's own shape, so that nothing jumps when it fills. */
export function skeletonView(loading: string): TemplateResult {
  return html`
    <div class="art bone" role="img" aria-label=${loading}></div>
    <div class="about">
      <p class="title"><span class="bone line"></span></p>
      <p class="artist"><span class="bone line short"></span></p>
    </div>
    <div class="seek"><div class="bar bone flat"></div><div class="times">&nbsp;</div></div>
    <div class="controls"><div class="transport"><span class="bone play"></span></div></div>
    <div class="foot"><p class="control"><span class="bone line short"></span></p></div>
  `;
}

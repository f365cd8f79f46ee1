import { html, nothing, type TemplateResult } from 'lit';
import type { SharingMode, SharingState } from '../../sdk/index.ts';
import { warningIcon } from '../shared/icons.ts';
import { chevronIcon, pinIcon } from './icons.ts';
import type { LocationState } from './location-sharing.ts';
import type { MapWords } from './words.ts';

/** On the map while this device shares, whatever else is shown: nobody shares without seeing it. */
export function sharingPill(
  { mode, untilMs, hidden, pausedAtMs }: SharingState,
  words: MapWords,
  language: string,
  onStop: () => void,
): TemplateResult | typeof nothing {
  if (mode === 'off') return nothing;
  const rests = hidden || pausedAtMs !== undefined;
  const said = hidden
    ? words.sharingHidden
    : pausedAtMs !== undefined
      ? words.sharingPaused
      : mode === 'coarse'
        ? words.sharingCoarse
        : words.sharing;
  return html`<div class="pill sharing ${rests ? 'resting' : ''}" part="sharing" role="status">
    <span class="pulse"></span>
    <span
      >${said}${
        untilMs === null
          ? nothing
          : html` <span class="pill-note">${words.until(timeOf(untilMs, language))}</span>`
      }</span
    >
    <button class="pill-button" @click=${onStop}>${words.stop}</button>
  </div>`;
}

/** The foot of the sheet: share, how exactly, and what stands in the way. */
export function shareFoot(view: {
  readonly words: MapWords;
  readonly mode: SharingMode;
  readonly state: LocationState;
  readonly precision: 'precise' | 'coarse';
  readonly allowed: boolean;
  /** Nothing while they are closed. */
  readonly options: TemplateResult | typeof nothing;
  readonly onMore: () => void;
  readonly onShare: () => void;
  readonly onPrecision: (precision: 'precise' | 'coarse') => void;
}): TemplateResult | typeof nothing {
  const { words, state, precision } = view;
  if (!view.allowed) return nothing;
  const trouble = troubleText(state, words);
  const sharing = view.mode !== 'off';
  const choice = (value: 'precise' | 'coarse', text: string): TemplateResult => html`<label
    ><input
      type="radio"
      name="precision"
      .checked=${precision === value}
      @change=${() => view.onPrecision(value)}
    /><span>${text}</span></label
  >`;
  return html`<div class="share ${sharing && !trouble ? 'settled' : ''}" part="share">
    ${
      trouble
        ? html`<p class="trouble" role="alert">${warningIcon()}<span>${trouble}</span></p>`
        : nothing
    }
    ${state === 'asking' ? html`<p class="hint" role="status">${words.asking}</p>` : nothing}
    <div class="share-row">
      <fieldset class="segments">
        <legend class="hidden-visually">${words.precision}</legend>
        ${choice('precise', words.exact)}${choice('coarse', words.coarse)}
      </fieldset>
      ${
        sharing
          ? nothing
          : html`<button
              class="button primary"
              ?disabled=${state === 'asking'}
              @click=${view.onShare}
            >
              ${pinIcon()}${words.share}
            </button>`
      }
    </div>
    <button class="more" aria-expanded=${view.options === nothing ? 'false' : 'true'} @click=${view.onMore}>
      ${words.more} ${chevronIcon()}
    </button>
    ${view.options}
  </div>`;
}

function timeOf(atMs: number, language: string): string {
  return new Date(atMs).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
}

function troubleText(state: LocationState, words: MapWords): string | undefined {
  if (state === 'denied') return words.denied;
  if (state === 'insecure') return words.insecure;
  if (state === 'searching') return words.noPosition;
  return undefined;
}

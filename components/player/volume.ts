import { type CSSResult, css, html, nothing, svg, type TemplateResult } from 'lit';
import type { Listener } from '../../sdk/index.ts';
import { type Icon, icon } from '../shared/icon.ts';
import { wordsFor } from '../shared/words.ts';
import { volumeIcon } from './icons.ts';
import type { Listening } from './listening.ts';
import { volumeWords } from './volume-words.ts';

/** Mute and loudness of this device. */
export function volumeView(
  element: Element,
  listening: Listening,
  listener: Listener,
): TemplateResult {
  const words = wordsFor(element, volumeWords);
  const { muted } = listener;
  const shown = muted ? 0 : listener.volume;
  return html`
    <div class="volume" part="volume">
      <button
        class="icon-button"
        aria-label=${muted ? words.unmute : words.mute}
        aria-pressed=${muted}
        @click=${() => listening.toggleMuted()}
      >
        ${shown === 0 ? muteIcon() : volumeIcon()}
      </button>
      ${
        volumeIsOurs(listener, element.ownerDocument)
          ? html`<input
              type="range"
              min="0"
              max="1"
              step="0.01"
              aria-label=${words.volume}
              .value=${String(shown)}
              @input=${(event: Event) => {
                if (event.target instanceof HTMLInputElement) {
                  listening.setVolume(event.target.valueAsNumber);
                }
              }}
            />`
          : nothing
      }
    </div>
  `;
}

/**
 * Whether a page may set the loudness: on iOS only the side buttons may, and a media
 * element keeps its volume at 1 whatever it is told.
 */
function volumeIsOurs(listener: Listener, document: Document): boolean {
  if (listener.engine === 'buffer') return true;
  const probe = document.createElement('audio');
  probe.volume = 0.5;
  return probe.volume === 0.5;
}

const muteIcon: Icon = () =>
  icon(
    svg`<path d="M4 9.8v4.4h3.2L12 18.3V5.7L7.2 9.8z"/><path d="m16 9.7 4.6 4.6m0-4.6L16 14.3"/>`,
  );

export const volumeStyles: CSSResult = css`
  .volume {
    display: flex;
    align-items: center;
  }
  .volume input {
    inline-size: 5.5em;
    block-size: 1.5em;
    margin: 0;
    accent-color: var(--_accent);
    cursor: pointer;
  }
  @container (max-width: 319.9px) {
    .volume {
      display: none;
    }
  }
  @container (min-width: 320px) and (max-width: 679.9px) {
    .volume {
      position: absolute;
      inset-inline-end: calc(var(--_space) * -1);
    }
  }
  /* The title comes before the slider of the volume, whose button mutes. */
  @container (min-width: 320px) and (max-width: 839.9px) {
    .volume input {
      display: none;
    }
  }
`;

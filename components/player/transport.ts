import { html, nothing, svg, type TemplateResult } from 'lit';
import type { NowPlaying, RepeatMode } from '../../sdk/index.ts';
import { nextIcon, previousIcon, repeatIcon, shuffleIcon } from './icons.ts';
import type { PlayerWords } from './words.ts';

export interface TransportCommands {
  readonly toggle: () => void;
  readonly next: () => void;
  readonly previous: () => void;
  readonly shuffle: () => void;
  readonly repeat: (mode: RepeatMode) => void;
}

const nextMode: Readonly<Record<RepeatMode, RepeatMode>> = { off: 'all', all: 'one', one: 'off' };

/** Shuffle, previous, play, next, repeat. */
export function transportView(view: {
  readonly words: PlayerWords;
  readonly now: NowPlaying;
  readonly playing: boolean;
  readonly ended: boolean;
  readonly allowed: boolean;
  readonly commands: TransportCommands;
}): TemplateResult {
  const { words, now, playing, ended, allowed, commands } = view;
  return html`
    <div class="transport" part="transport">
      <button
        class="icon-button extra"
        part="shuffle"
        aria-label=${words.shuffle}
        aria-pressed=${now.shuffle}
        ?disabled=${!allowed}
        @click=${commands.shuffle}
      >
        ${shuffleIcon()}
      </button>
      <button
        class="icon-button skip"
        part="previous"
        aria-label=${words.previous}
        ?disabled=${!allowed || !now.item}
        @click=${commands.previous}
      >
        ${previousIcon()}
      </button>
      <button
        class="play"
        part="toggle"
        aria-label=${playing ? words.pause : ended ? words.playAgain : words.play}
        ?disabled=${!allowed}
        @click=${commands.toggle}
      >
        ${playGlyph(playing)}
      </button>
      <button
        class="icon-button skip"
        part="next"
        aria-label=${words.next}
        ?disabled=${!allowed || !now.nextItem}
        @click=${commands.next}
      >
        ${nextIcon()}
      </button>
      <button
        class="icon-button extra repeat"
        part="repeat"
        aria-label=${words.repeat[now.repeat]}
        aria-pressed=${now.repeat !== 'off'}
        ?disabled=${!allowed}
        @click=${() => commands.repeat(nextMode[now.repeat])}
      >
        ${repeatIcon()} ${now.repeat === 'one' ? html`<span class="one">1</span>` : nothing}
      </button>
    </div>
  `;
}

/** Both halves of the triangle become the two bars; browsers without `d` in CSS switch at once. */
function playGlyph(playing: boolean): TemplateResult {
  const left = playing ? 'M7 5L10 5L10 19L7 19Z' : 'M8 5L13.5 8.5L13.5 15.5L8 19Z';
  const right = playing ? 'M14 5L17 5L17 19L14 19Z' : 'M13.5 8.5L19 12L19 12L13.5 15.5Z';
  return html`<svg class="glyph" viewBox="0 0 24 24" aria-hidden="true">
    ${svg`<path d=${left} /><path d=${right} />`}
  </svg>`;
}

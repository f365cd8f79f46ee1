import { html, nothing, type TemplateResult } from 'lit';
import type { Trip } from '../../sdk/index.ts';
import { musicIcon, peopleIcon } from '../shared/icons.ts';
import { earlierIcon, laterIcon, linkIcon, playIcon, restIcon } from './icons.ts';
import { speeds } from './play-head.ts';
import type { Replay } from './replay.ts';
import type { Span } from './span.ts';
import type { TripWords } from './words.ts';

/** What it is called and when it was, and for members the way to share it. */
export function head(view: {
  readonly words: TripWords;
  readonly trip: Trip;
  readonly span: Span;
  readonly language: string;
  readonly canShare: boolean;
  readonly sharing: boolean;
  readonly questions: number;
  readonly onShare: () => void;
}): TemplateResult {
  const { words, trip, span, questions } = view;
  const when = new Intl.DateTimeFormat(view.language, { dateStyle: 'medium', timeStyle: 'short' });
  const label = questions > 0 ? `${words.share}, ${words.questions(questions)}` : words.share;
  return html`<header class="top">
    <div class="name">
      <h2 class="title truncate">${trip.title}</h2>
      <p class="quiet truncate tabular">${when.formatRange(span.fromMs, span.untilMs)}</p>
    </div>
    ${
      view.canShare
        ? html`<button
            class="icon-button share"
            part="share-button"
            aria-label=${label}
            title=${label}
            aria-expanded=${view.sharing ? 'true' : 'false'}
            @click=${view.onShare}
          >
            ${linkIcon()}${questions > 0 ? html`<span class="badge tabular">${questions}</span>` : nothing}
          </button>`
        : nothing
    }
  </header>`;
}

/** Of a time in which nobody was on the way, or of whom nobody agreed to be shown. */
export function nothingThere(words: TripWords, unseenCount: number): TemplateResult {
  const [title, text] =
    unseenCount > 0
      ? [words.nobodyTitle, words.nobodyText(unseenCount)]
      : [words.nothingTitle, words.nothingText];
  return html`<div class="notice" part="notice">
    <span class="notice-icon">${peopleIcon()}</span>
    <p class="notice-title">${title}</p>
    <p class="notice-text">${text}</p>
  </div>`;
}

/** Play and pause, the time of day and what sounded then, how fast it goes. */
export function controls(view: {
  readonly words: TripWords;
  readonly replay: Replay;
  readonly time: string;
  readonly onToggle: () => void;
  readonly onSpeed: (speed: number) => void;
  readonly onStep: (step: 1 | -1) => void;
}): TemplateResult {
  const { words, replay } = view;
  const { playing, speed } = replay.head;
  const { song } = replay;
  const step = (by: 1 | -1, label: string, drawing: TemplateResult) => html`<button
    class="icon-button"
    aria-label=${label}
    title=${label}
    ?disabled=${!replay.neighbour(by)}
    @click=${() => view.onStep(by)}
  >
    ${drawing}
  </button>`;
  return html`<div class="controls">
    <div class="transport">
      ${step(-1, words.earlier, earlierIcon())}
      <button
        class="play"
        aria-label=${playing ? words.pause : words.play}
        title=${playing ? words.pause : words.play}
        @click=${view.onToggle}
      >
        ${playing ? restIcon() : playIcon()}
      </button>
      ${step(1, words.later, laterIcon())}
    </div>
    <p class="now">
      <span class="clock tabular" .textContent=${view.time}></span>
      <span class="playing">${song ? html`${musicIcon()}<span class="truncate">${song.title}${song.artist ? html` <i>· ${song.artist}</i>` : nothing}</span>` : nothing}</span>
    </p>
    <label class="pace">
      <span class="hidden-visually">${words.speed}</span>
      <select
        class="tabular"
        .value=${String(speed)}
        @change=${({ target }: Event) => {
          if (target instanceof HTMLSelectElement) view.onSpeed(Number(target.value));
        }}
      >
        ${speeds.map(
          (pace) =>
            html`<option value=${pace} .selected=${pace === speed}>${words.times(pace)}</option>`,
        )}
      </select>
    </label>
  </div>`;
}

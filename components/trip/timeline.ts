import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { heartFullIcon } from '../shared/icons.ts';
import { setStyle } from '../shared/set-style.ts';
import type { Moment } from './moments.ts';
import { keyTarget } from './play-head.ts';
import type { Replay } from './replay.ts';
import { shareIn } from './span.ts';
import type { TripWords } from './words.ts';

export interface TimelineOptions {
  readonly replay: () => Replay | undefined;
  /** Where the line stands now; null before the first render. */
  readonly line: () => HTMLElement | null;
  readonly timeOf: (atMs: number, style?: 'medium' | 'short') => string;
  readonly words: () => TripWords;
  /** `done`: the hand let go. */
  readonly seek: (atMs: number, done: boolean) => void;
}

/** The slider over the songs. Between renders it is painted through custom properties: playing costs no render. */
export class Timeline {
  readonly #options: TimelineOptions;
  #dragging = false;

  constructor(options: TimelineOptions) {
    this.#options = options;
  }

  view(replay: Replay): TemplateResult {
    const { words, timeOf } = this.#options;
    const { span, moments, songs } = replay;
    const now = replay.song;
    return html`<div class="timeline">
      <div
        class="line"
        part="timeline"
        role="slider"
        tabindex="0"
        aria-label=${words().timeline}
        aria-valuemin="0"
        aria-valuemax=${Math.round((span.untilMs - span.fromMs) / 1000)}
        aria-valuenow=${Math.round((replay.head.atMs - span.fromMs) / 1000)}
        aria-valuetext=${this.#said(replay)}
        @pointerdown=${this.#down}
        @pointermove=${this.#move}
        @pointerup=${this.#up}
        @pointercancel=${this.#up}
        @lostpointercapture=${this.#up}
        @keydown=${this.#key}
      >
        <span class="marks">
          ${repeat(
            moments.filter(({ kind }) => kind !== 'song'),
            (moment) => `${moment.kind} ${moment.atMs}`,
            (moment) => this.#mark(moment, replay),
          )}
        </span>
        <span class="ribbon">
          ${songs.map((song) => {
            const left = shareIn(span, song.atMs);
            const place = {
              left: percent(left),
              width: percent(shareIn(span, song.untilMs) - left),
            };
            return html`<span class=${song === now ? 'tune now' : 'tune'} ${setStyle(place)}
              ><b>${song.title}</b></span
            >`;
          })}
          <span class="gone"></span>
        </span>
        <span class="needle"></span>
      </div>
      <div class="ends tabular"><span>${timeOf(span.fromMs, 'short')}</span><span>${timeOf(span.untilMs, 'short')}</span></div>
    </div>`;
  }

  paint(replay: Replay): void {
    const line = this.#options.line();
    if (!line) return;
    const { head, span } = replay;
    const share = percent(shareIn(span, head.atMs));
    // On the two that it moves: as a property of the line all songs and marks would be styled anew in each frame.
    for (const { style } of line.querySelectorAll<HTMLElement>('.gone, .needle')) {
      if (style.getPropertyValue('--_gone') !== share) style.setProperty('--_gone', share);
    }
    const seconds = String(Math.round((head.atMs - span.fromMs) / 1000));
    // Told while it is still: a value that runs would be read out without end.
    if (head.playing || line.getAttribute('aria-valuenow') === seconds) return;
    line.setAttribute('aria-valuenow', seconds);
    line.setAttribute('aria-valuetext', this.#said(replay));
  }

  #said(replay: Replay): string {
    const { words, timeOf } = this.#options;
    return words().timelineValue(timeOf(replay.head.atMs), replay.song?.title ?? '');
  }

  #mark(moment: Moment, { span }: Replay): TemplateResult {
    const place = { left: percent(shareIn(span, moment.atMs)) };
    return html`<i class="mark ${moment.kind}" ${setStyle(place)}
      >${moment.kind === 'like' ? heartFullIcon() : nothing}</i
    >`;
  }

  readonly #down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.#options.line()?.setPointerCapture(event.pointerId);
    this.#dragging = true;
    this.#to(event, false);
  };

  readonly #move = (event: PointerEvent): void => {
    if (this.#dragging) this.#to(event, false);
  };

  readonly #up = (event: PointerEvent): void => {
    if (!this.#dragging) return;
    this.#dragging = false;
    this.#to(event, true);
  };

  #to(event: PointerEvent, done: boolean): void {
    const box = this.#options.line()?.getBoundingClientRect();
    const replay = this.#options.replay();
    if (!box || !replay || box.width === 0) return;
    const { fromMs, untilMs } = replay.span;
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    this.#options.seek(fromMs + share * (untilMs - fromMs), done);
  }

  readonly #key = (event: KeyboardEvent): void => {
    const replay = this.#options.replay();
    if (!replay || event.altKey || event.ctrlKey || event.metaKey) return;
    const to = keyTarget(event.key, replay.head.atMs, replay.span);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#options.seek(to, true);
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}

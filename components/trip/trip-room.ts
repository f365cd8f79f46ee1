import { type CSSResult, html, type LitElement, type TemplateResult } from 'lit';
import type { Group, Trip } from '../../sdk/index.ts';
import type { StreetWish } from '../map/ground.ts';
import { mapStyles } from '../map/map-styles.ts';
import { markerStyles } from '../map/marker-styles.ts';
import { tell } from '../shared/events.ts';
import { faceStyles } from '../shared/face.ts';
import { Frames } from '../shared/frames.ts';
import { LateParts, type PartCode } from '../shared/late-parts.ts';
import { languageOf, wordsFor } from '../shared/words.ts';
import { followMoments, momentsList } from './moments-list.ts';
import { momentsStyles } from './moments-styles.ts';
import { type Replay, replayOf } from './replay.ts';
import { Timeline } from './timeline.ts';
import { timelineStyles } from './timeline-styles.ts';
import { TripMap, type TripMapHost } from './trip-map.ts';
import { tripStyles } from './trip-styles.ts';
import { controls, head, nothingThere } from './trip-views.ts';
import { wayStyles } from './way-styles.ts';
import { type TripWords, tripWords } from './words.ts';

/** The element around. */
export interface TripHost extends StreetWish, TripMapHost, LitElement {}

/** What the element knows of whose trip it is. */
export interface TripScene {
  /** Undefined for who came by a link, and for a page's own trip. */
  readonly group: () => Group | undefined;
  readonly asked: () => { readonly from: number; readonly until: number };
  /** When it was loaded, where the server could not be asked now. */
  readonly loadedAtMs: () => number | undefined;
  readonly wear: (styles: readonly CSSResult[]) => void;
}

/** The element adopts them once the trip is seen. */
export const roomStyles: readonly CSSResult[] = [
  faceStyles,
  mapStyles,
  markerStyles,
  tripStyles,
  wayStyles,
  timelineStyles,
  momentsStyles,
];

/** Without smooth motion the picture changes in steps of this much. */
const stillStepMs = 1_000;

/** Everything that a replay is once it is seen. Loaded then. */
export class TripRoom {
  readonly #host: TripHost;
  readonly #scene: TripScene;
  #replay: Replay | undefined;
  #trip: Trip | undefined;
  #frameMs: number | undefined;
  #drawnMs = 0;
  #shown = '';
  #questions = 0;
  /** To make one takes longer than the rest of a frame. */
  readonly #formats = new Map<string, Intl.DateTimeFormat>();
  readonly #map: TripMap;
  readonly #timeline: Timeline;
  readonly #parts: LateParts<'share'>;

  constructor(host: TripHost, scene: TripScene) {
    this.#host = host;
    this.#scene = scene;
    this.#map = new TripMap(host, {
      replay: () => this.#replay,
      words: () => this.#words,
      onSeek: (atMs) => this.#seek(atMs, true),
    });
    this.#timeline = new Timeline({
      replay: () => this.#replay,
      line: () => host.renderRoot.querySelector<HTMLElement>('.line'),
      timeOf: (atMs, style) => this.#timeOf(atMs, style),
      words: () => this.#words,
      seek: (atMs, done) => this.#seek(atMs, done),
    });
    this.#parts = new LateParts(host, {
      jamz: () => scene.group()?.jamz,
      wear: scene.wear,
      load: { share: () => this.#loadShare() },
    });
    new Frames(
      host,
      () => this.#replay?.head.playing ?? false,
      () => this.#paint(),
    );
  }

  render(trip: Trip): TemplateResult {
    this.#take(trip);
    const words = this.#words;
    const replay = this.#replay;
    const sharing = this.#parts.open === 'share';
    const top = head({
      words,
      trip,
      span: replay?.span ?? trip,
      language: languageOf(this.#host),
      canShare: this.#scene.group() !== undefined,
      sharing,
      questions: this.#questions,
      onShare: () => this.#parts.toggle('share'),
    });
    if (!replay) {
      return html`<div class="frame trip bare">
        ${top}
        ${
          sharing
            ? html`<div class="side">${this.#parts.view('share')}</div>`
            : html`<slot name="empty">${nothingThere(words, trip.unseenCount)}</slot>`
        }
      </div>`;
    }
    const loadedAtMs = this.#scene.loadedAtMs();
    return html`<div class="frame trip" @keydown=${this.#key}>
      ${top}
      ${this.#map.view(
        replay,
        loadedAtMs === undefined ? '' : words.offline(this.#timeOf(loadedAtMs, 'short')),
      )}
      <div class="panel">
        ${this.#timeline.view(replay)}
        ${controls({
          words,
          replay,
          time: this.#timeOf(replay.head.atMs),
          onToggle: this.#toggle,
          onSpeed: (speed) => {
            replay.playAt(speed);
            this.#host.requestUpdate();
          },
          onStep: (step) => {
            const moment = replay.neighbour(step);
            if (moment) this.#seek(moment.atMs, true);
          },
        })}
      </div>
      <div class="side">
        ${
          sharing
            ? this.#parts.view('share')
            : momentsList({
                replay,
                words,
                timeOf: (atMs) => this.#timeOf(atMs, 'short'),
                nameOf: (userId) => this.#nameOf(userId),
                onPick: (atMs) => this.#seek(atMs, true),
              })
        }
      </div>
    </div>`;
  }

  get #words(): TripWords {
    return wordsFor(this.#host, tripWords);
  }

  /** Another trip begins anew; the same one, as after a retry without news, goes on. */
  #take(trip: Trip): void {
    if (trip === this.#trip) return;
    this.#trip = trip;
    this.#replay = replayOf(trip);
    this.#frameMs = undefined;
    this.#map.take(trip);
    void this.#askForQuestions();
  }

  /** How many links wait for this person's answer. Where the server cannot be asked, the panel says so. */
  async #askForQuestions(): Promise<void> {
    const group = this.#scene.group();
    if (!group) return;
    try {
      const links = await group.tripLinks();
      const me = group.jamz.session.user$.value?.id;
      this.#setQuestions(
        links.filter(({ consents }) =>
          consents.some(({ userId, answer }) => userId === me && answer === 'none yet'),
        ).length,
      );
    } catch {
      this.#setQuestions(0);
    }
  }

  #setQuestions(count: number): void {
    if (count === this.#questions) return;
    this.#questions = count;
    this.#host.requestUpdate();
  }

  async #loadShare(): Promise<PartCode> {
    const { open, styles } = await import('./share-panel.ts');
    const { group, asked } = this.#scene;
    return {
      styles,
      open: (host) =>
        open(host, {
          group,
          // What was looked at, and no message more of the hours around it.
          asked: () => {
            const span = this.#replay?.span;
            return span ? { from: span.fromMs, until: span.untilMs } : asked();
          },
          title: () => this.#trip?.title ?? '',
          onQuestions: (count) => this.#setQuestions(count),
        }),
    };
  }

  #paint(): void {
    const replay = this.#replay;
    const nowMs = performance.now();
    const elapsedMs = nowMs - (this.#frameMs ?? nowMs);
    if (!replay) return;
    this.#frameMs = replay.head.playing ? nowMs : undefined;
    if (replay.advance(elapsedMs)) this.#tellPlaying(replay);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const rests = still && replay.head.playing && nowMs - this.#drawnMs < stillStepMs;
    if (rests) return;
    this.#drawnMs = nowMs;
    this.#timeline.paint(replay);
    const clock = this.#host.renderRoot.querySelector('.clock');
    const time = this.#timeOf(replay.head.atMs);
    if (clock && clock.textContent !== time) clock.textContent = time;
    this.#map.paint(replay, still);
    // What only a render changes: the list, the song, what is said beside a marker.
    const shown = `${replay.momentIndex} ${replay.head.playing} ${replay.song?.atMs} ${this.#map.key(replay)}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#host.requestUpdate();
    const smooth = replay.head.playing && !still;
    void this.#host.updateComplete.then(() => followMoments(this.#host.renderRoot, smooth));
  }

  readonly #toggle = (): void => {
    const replay = this.#replay;
    if (!replay) return;
    if (replay.head.playing) replay.pause();
    else replay.play();
    this.#tellPlaying(replay);
    this.#host.requestUpdate();
  };

  #tellPlaying({ head: { playing, atMs } }: Replay): void {
    const now = { atMs: Math.round(atMs) };
    tell(this.#host, playing ? 'jamz-trip-play' : 'jamz-trip-pause', now);
  }

  #seek(atMs: number, done: boolean): void {
    this.#replay?.seek(atMs);
    if (done && this.#replay) {
      tell(this.#host, 'jamz-trip-seek', { atMs: Math.round(this.#replay.head.atMs) });
    }
    this.#host.requestUpdate();
  }

  readonly #key = (event: KeyboardEvent): void => {
    const { target, key } = event;
    if (key !== ' ' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target instanceof Element && target.closest('button, input, select, textarea, a')) return;
    event.preventDefault();
    this.#toggle();
  };

  #nameOf(userId: string): string {
    const traveller = this.#trip?.travellers.find((one) => one.userId === userId);
    return traveller?.name ?? this.#words.somebody;
  }

  #timeOf(atMs: number, timeStyle: 'medium' | 'short' = 'medium'): string {
    const key = `${languageOf(this.#host)} ${timeStyle}`;
    const format = this.#formats.get(key) ?? timeFormat(languageOf(this.#host), timeStyle);
    this.#formats.set(key, format);
    return format.format(atMs);
  }
}

function timeFormat(language: string, timeStyle: 'medium' | 'short'): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, { timeStyle });
}

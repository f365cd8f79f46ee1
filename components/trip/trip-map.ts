import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { Trip } from '../../sdk/index.ts';
import { groupMaxZoom } from '../map/follow.ts';
import { type Camera, cameraOver, fitting } from '../map/geo.ts';
import type { GroundOptions, StreetWish } from '../map/ground.ts';
import { GroundController } from '../map/ground-controller.ts';
import { minusIcon } from '../map/icons.ts';
import { moveByKey, slideMs } from '../map/map-keys.ts';
import { scaleBar } from '../map/scale.ts';
import type { Stack } from '../map/stacks.ts';
import { distanceText, mapWords } from '../map/words.ts';
import { face } from '../shared/face.ts';
import { offlineIcon, peopleIcon, plusIcon, warningIcon } from '../shared/icons.ts';
import { wordsFor } from '../shared/words.ts';
import { huesOf } from './hues.ts';
import { sayingsAt } from './moments.ts';
import type { Replay, Seen } from './replay.ts';
import { RouteLayer } from './route-layer.ts';
import { SongPins } from './song-pins.ts';
import { firstName, placeMarkers, tripMarkers } from './trip-markers.ts';
import type { TripWords } from './words.ts';

export interface TripMapHost extends StreetWish, LitElement {
  readonly attribution: string;
  readonly loadStreets: GroundOptions['loadStreets'];
}

export interface TripMapScene {
  readonly replay: () => Replay | undefined;
  readonly words: () => TripWords;
  readonly onSeek: (atMs: number) => void;
}

/** Whom the camera keeps in view. */
type Follow = 'everybody' | 'nobody' | { readonly userId: string };

const insets = { top: 80, right: 64, bottom: 56, left: 44 };
const streetZoom = 15.5;
/** Smaller than this a step of the camera is not worth a frame of the engine. */
const driftPx = 0.4;

/** The ground of the map under a trip: ways, markers, and a camera that keeps everybody, or one person, in view. */
export class TripMap {
  readonly #host: TripMapHost;
  readonly #scene: TripMapScene;
  readonly #ground: GroundController;
  #routes: RouteLayer | undefined;
  #pins: SongPins | undefined;
  #stacks: readonly Stack[] = [];
  #follow: Follow = 'everybody';
  /** The camera is to go there although nothing moved. */
  #fresh = true;
  #painting = false;
  #size = '';
  #slidesUntilMs = 0;

  constructor(host: TripMapHost, scene: TripMapScene) {
    this.#host = host;
    this.#scene = scene;
    this.#ground = new GroundController(host, {
      wish: () => ({ tiles: host.tiles, styleUrl: host.styleUrl, workerUrl: host.workerUrl }),
      start: (stage) => this.#over(stage),
      loadStreets: () => host.loadStreets,
      onMove: () => this.#moved(),
      onGrab: () => this.#setFollow('nobody'),
      onChange: () => {
        this.#fresh = true;
        host.requestUpdate();
      },
    });
  }

  /** Shows another trip. */
  take(trip: Trip): void {
    this.#routes = new RouteLayer(trip);
    this.#pins = undefined;
    this.#follow = 'everybody';
    this.#fresh = true;
  }

  /** Changes when the markers have to be rendered, not only moved. */
  key(replay: Replay): string {
    const sure = replay.everybody().map(({ where }) => where?.certainty ?? '');
    const said = sayingsAt(replay.moments, replay.head.atMs, replay.sayingMs);
    const zoom = this.#ground.ground?.engine.camera().zoom ?? 0;
    return `${sure} ${[...said.values()].map(({ atMs }) => atMs)} ${zoom.toFixed(2)}`;
  }

  view(replay: Replay, note: string): TemplateResult {
    const host = this.#host;
    const words = this.#scene.words();
    const map = wordsFor(host, mapWords);
    const engine = this.#ground.ground?.engine;
    const followed = this.#followed;
    this.#pins ??= new SongPins(replay);
    return html`<div class="stage" part="map">
      <div
        class="grounds ${engine?.kind ?? 'plain'}"
        role="application"
        tabindex="0"
        aria-label="${map.map(replay.trip.title)}. ${map.keys}"
        @keydown=${this.#onKey}
      >
        <div class="plain-ground"></div>
        <div class="street-ground"></div>
      </div>
      ${this.#routes?.view(followed)}
      ${this.#pins.view(replay, this.#scene.onSeek)}
      ${tripMarkers({
        everybody: replay.everybody(),
        sayings: sayingsAt(replay.moments, replay.head.atMs, replay.sayingMs),
        followed,
        hues: huesOf(replay.trip.travellers),
        silent: words.noSignal,
        roughly: map.roughly,
        onPick: (userId) => this.#setFollow(userId === followed ? 'everybody' : { userId }),
      })}
      <div class="overlay">
        <div class="said">
          ${this.#whom(replay, words)}${note ? pill(offlineIcon(), note) : nothing}${this.#problem()}
        </div>
        <div class="tools">
          <div class="tool-group zoom">
            <button class="icon-button" aria-label=${map.zoomIn} title=${map.zoomIn} @click=${() => this.#zoomBy(1)}>${plusIcon()}</button>
            <button class="icon-button" aria-label=${map.zoomOut} title=${map.zoomOut} @click=${() => this.#zoomBy(-1)}>${minusIcon()}</button>
          </div>
        </div>
        ${this.#scale()}
        ${host.tiles || host.styleUrl ? html`<p class="attribution" part="attribution">${host.attribution}</p>` : nothing}
      </div>
    </div>`;
  }

  /** Everything that moves, as it is at the moment that is shown. */
  paint(replay: Replay, still: boolean): void {
    const stage = this.#host.renderRoot.querySelector<HTMLElement>('.stage');
    const engine = this.#ground.ground?.engine;
    if (!stage || !engine || this.#painting) return;
    this.#painting = true;
    this.#steer(stage, replay, still);
    this.#painting = false;
    this.#draw(stage, replay);
  }

  #moved(): void {
    const replay = this.#scene.replay();
    const stage = this.#host.renderRoot.querySelector<HTMLElement>('.stage');
    if (!replay || !stage || this.#painting) return;
    this.#draw(stage, replay);
    // The scale, and what is drawn by it.
    this.#host.requestUpdate();
  }

  #draw(stage: HTMLElement, replay: Replay): void {
    const engine = this.#ground.ground?.engine;
    if (!engine) return;
    this.#routes?.paint(stage, engine, replay.head.atMs);
    this.#pins?.place(stage, engine);
    this.#stacks = placeMarkers(stage, engine, this.#foremost(replay), this.#stacks);
  }

  #steer(stage: HTMLElement, replay: Replay, still: boolean): void {
    const engine = this.#ground.ground?.engine;
    const size = `${stage.clientWidth} ${stage.clientHeight}`;
    const fresh = this.#fresh || size !== this.#size;
    this.#size = size;
    if (!engine || this.#follow === 'nobody' || stage.clientWidth === 0) return;
    const nowMs = performance.now();
    if (!fresh && nowMs < this.#slidesUntilMs) return;
    this.#fresh = false;
    if (this.#follow === 'everybody') {
      const camera = fresh ? this.#over(stage) : undefined;
      if (camera) engine.moveTo(camera, 0);
      return;
    }
    const { userId } = this.#follow;
    const where = replay.everybody().find(({ traveller }) => traveller.userId === userId)?.where;
    if (!where) return;
    const camera = engine.camera();
    const at = engine.project(where);
    const offPx = Math.hypot(at.x - stage.clientWidth / 2, at.y - stage.clientHeight / 2);
    if (!fresh && offPx < driftPx) return;
    const zoom = fresh ? Math.max(camera.zoom, streetZoom) : camera.zoom;
    const glidesMs = fresh && !still && !replay.head.playing ? 400 : 0;
    this.#slidesUntilMs = nowMs + glidesMs;
    engine.moveTo({ lat: where.lat, lng: where.lng, zoom }, glidesMs);
  }

  /** The view that shows all of the trip. */
  #over(stage: HTMLElement): Camera | undefined {
    const places = this.#scene.replay()?.trip.travellers.flatMap(({ points }) => points) ?? [];
    const size = { width: stage.clientWidth, height: stage.clientHeight };
    return cameraOver(places, size, fitting(insets, size), groupMaxZoom);
  }

  /** Whoever is followed lies on top of a pile. */
  #foremost(replay: Replay): readonly Seen[] {
    const followed = this.#followed;
    const rank = ({ traveller }: Seen): number => (traveller.userId === followed ? 0 : 1);
    return replay.everybody().toSorted((a, b) => rank(a) - rank(b));
  }

  get #followed(): string | undefined {
    return typeof this.#follow === 'object' ? this.#follow.userId : undefined;
  }

  #setFollow(follow: Follow): void {
    this.#follow = follow;
    this.#fresh = true;
    this.#host.requestUpdate();
  }

  #whom({ trip }: Replay, words: TripWords): TemplateResult | typeof nothing {
    if (trip.travellers.length === 0) return nothing;
    const followed = this.#followed;
    const hues = huesOf(trip.travellers);
    return html`<div class="whom" role="group" aria-label=${words.whom}>
      <button
        class="who everybody"
        aria-label=${words.everybody}
        title=${words.everybody}
        aria-pressed=${this.#follow === 'everybody' ? 'true' : 'false'}
        @click=${() => this.#setFollow('everybody')}
      >
        ${peopleIcon()}
      </button>
      ${trip.travellers.map(
        ({ userId, name, photoUrl }) => html`<button
          class="who"
          .style=${`--_own: ${hues.get(userId)}`}
          aria-pressed=${userId === followed ? 'true' : 'false'}
          @click=${() => this.#setFollow(userId === followed ? 'everybody' : { userId })}
        >
          ${face({ id: userId, name, photo: photoUrl ?? undefined })}<span>${firstName(name)}</span>
        </button>`,
      )}
    </div>`;
  }

  #problem(): TemplateResult | typeof nothing {
    const words = wordsFor(this.#host, mapWords);
    const problem = this.#ground.ground?.problem ?? 'none';
    if (problem === 'none') return nothing;
    return pill(warningIcon(), problem === 'no-streets' ? words.noStreets : words.tilesMissing);
  }

  #scale(): TemplateResult | typeof nothing {
    const engine = this.#ground.ground?.engine;
    if (!engine) return nothing;
    const { metres, px } = scaleBar(engine.camera(), 96);
    return html`<div class="scale tabular" .style=${`inline-size: ${px.toFixed(0)}px`}>
      ${distanceText(metres, wordsFor(this.#host, mapWords))}
    </div>`;
  }

  #zoomBy(step: number): void {
    const engine = this.#ground.ground?.engine;
    if (!engine) return;
    if (this.#follow === 'everybody') this.#setFollow('nobody');
    const camera = engine.camera();
    engine.moveTo({ ...camera, zoom: camera.zoom + step }, slideMs(200));
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    moveByKey(event, this.#ground.ground?.engine, {
      zoomBy: (step) => this.#zoomBy(step),
      free: () => this.#setFollow('nobody'),
    });
  };
}

function pill(icon: TemplateResult, text: string): TemplateResult {
  return html`<div class="pill" role="status">${icon}<span>${text}</span></div>`;
}

import { type CSSResult, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Group, MemberPosition } from '../../sdk/index.ts';
import { obstacleView, showing } from '../shared/availability.ts';
import { commonWords } from '../shared/common-words.ts';
import { request } from '../shared/events.ts';
import { faceStyles } from '../shared/face.ts';
import { GroupController } from '../shared/group-controller.ts';
import { JamzElement } from '../shared/jamz-element.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { sharedStyles } from '../shared/styles.ts';
import { wordsFor } from '../shared/words.ts';
import { type Follow, groupMaxZoom } from './follow.ts';
import { type Camera, cameraOver, pannedBy } from './geo.ts';
import type { GroundOptions } from './ground.ts';
import { GroundController } from './ground-controller.ts';
import { LocationSharing } from './location-sharing.ts';
import { overlay } from './map-overlay.ts';
import { mapStyles } from './map-styles.ts';
import { marker, peopleSheet } from './map-views.ts';
import { MarkerLayer } from './marker-layer.ts';
import { markerStyles } from './marker-styles.ts';
import { type PersonOnMap, peopleOffMap, peopleOnMap } from './people.ts';
import { shareFoot } from './share-views.ts';
import { sheetStyles } from './sheet-styles.ts';
import { mapWords } from './words.ts';

/**
 * Where everybody in the group is, on streets or on a plain ground.
 *
 * @fires jamz-request-share-position - the person wants to share or to stop; `preventDefault()` keeps it from happening
 * @csspart map - the ground with everything on it
 * @csspart marker - one person on the map
 * @csspart sheet - the list of people
 * @csspart sharing - "You are sharing · Stop"
 */
export class JamzMap extends JamzElement {
  static override readonly styles: CSSResult[] = [
    ...sharedStyles,
    faceStyles,
    mapStyles,
    markerStyles,
    sheetStyles,
  ];

  /** Vector tiles in the OpenMapTiles schema: a `.pmtiles` archive, a TileJSON document or a `{z}/{x}/{y}` template. Without it, people on a plain ground. */
  @property() accessor tiles: string | undefined;
  /** A whole MapLibre style in place of ours. */
  @property({ attribute: 'style-url' }) accessor styleUrl: string | undefined;
  /** Where `maplibre-gl-worker.mjs` is; by default beside the module. */
  @property({ attribute: 'worker-url' }) accessor workerUrl: string | undefined;
  /** Whose map data it is; shown on the map. */
  @property() accessor attribution = '© OpenStreetMap contributors';
  /** Where to look first, `lat,lng`; without it, where the people are. */
  @property() accessor center: string | undefined;
  /** How close, as MapLibre counts; 15 shows a quarter of a town. */
  @property({ type: Number }) accessor zoom: number | undefined;
  /** Whom to keep in view: `me`, `group`, or `free` for nobody. */
  @property() accessor follow: Follow = 'group';
  /** The page reports positions itself; the element never asks this device for one. */
  @property({ type: Boolean, attribute: 'external-positions' }) accessor externalPositions = false;
  /** Where fixes come from; the browser's own unless a page sets another. */
  @property({ attribute: false }) accessor geolocation: Geolocation | undefined;
  /** How the street engine is loaded. */
  @property({ attribute: false }) accessor loadStreets: GroundOptions['loadStreets'] = () =>
    import('./street-engine.ts');

  @state() private accessor sheetOpen = false;
  @state() private accessor selectedId: string | undefined;
  @state() private accessor precision: 'precise' | 'coarse' = 'precise';

  #people: readonly PersonOnMap[] = [];
  #tick: ReturnType<typeof setInterval> | undefined;

  readonly #access = new GroupController(this);
  readonly #availability = new StreamController(this, () => this.#group?.availability$);
  readonly #info = new StreamController(this, () => this.#group?.info$);
  readonly #members = new StreamController(this, () => this.#group?.members$);
  readonly #positions = new StreamController<readonly MemberPosition[]>(
    this,
    () => this.#group?.positions$,
    (positions) => {
      this.#people = peopleOnMap(positions, this.#serverNowMs());
      this.#markers.take(this.#people);
    },
  );
  readonly #sharing = new StreamController(
    this,
    () => this.#group?.sharing$,
    ({ mode }) => {
      if (mode === 'off') this.#location.ended();
    },
  );
  readonly #location = new LocationSharing(this, {
    group: () => this.#group,
    geolocation: () => this.geolocation ?? (isSecureContext ? navigator.geolocation : undefined),
    external: () => this.externalPositions,
  });
  readonly #ground = new GroundController(this, {
    wish: () => ({ tiles: this.tiles, styleUrl: this.styleUrl, workerUrl: this.workerUrl }),
    start: (stage) => this.#start(stage),
    loadStreets: () => this.loadStreets,
    onMove: () => this.#viewMoved(),
    onGrab: () => this.#setFollow('free'),
    onChange: () => {
      this.requestUpdate();
      this.#markers.refollow();
    },
  });
  readonly #markers = new MarkerLayer(this, {
    stage: () => this.renderRoot.querySelector<HTMLElement>('.stage'),
    ground: () => this.#ground.ground,
    people: () => this.#people,
    follow: () => this.follow,
    serverNowMs: () => this.#serverNowMs(),
  });

  get #group(): Group | undefined {
    return this.#access.group;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Ages grow while nothing else happens.
    this.#tick = setInterval(() => this.requestUpdate(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
  }

  override render(): TemplateResult {
    const common = wordsFor(this, commonWords);
    const words = wordsFor(this, mapWords);
    const shown = showing(this.#access.access, this.#availability.value, common);
    if (shown === 'skeleton') {
      return html`<div class="frame"><div class="stage bone" role="status" aria-label=${common.loading}></div></div>`;
    }
    if (shown !== 'content') {
      return html`<div class="frame centred">${obstacleView(shown, common)}</div>`;
    }
    this.#people = peopleOnMap(this.#positions.value ?? [], this.#serverNowMs());
    const mode = this.#sharing.value?.mode ?? 'off';
    const engine = this.#ground.ground?.engine;
    return html`<div class="frame">
      <div class="stage" part="map">
        <div
          class="grounds ${engine?.kind ?? 'plain'}"
          role="application"
          tabindex="0"
          aria-label="${words.map(this.#info.value?.name ?? '')}. ${words.keys}"
          @keydown=${this.#onKey}
        >
          <div class="plain-ground"></div>
          <div class="street-ground"></div>
        </div>
        <div class="markers" aria-hidden="true">
          ${repeat(
            this.#people,
            ({ id }) => id,
            (person) =>
              marker(person, {
                words,
                selected: person.id === this.selectedId,
                crowd: this.#people.length,
                onPick: this.#pick,
              }),
          )}
        </div>
        ${overlay({
          words,
          mode,
          engine,
          problem: this.#ground.ground?.problem ?? 'none',
          attribution: this.tiles || this.styleUrl ? this.attribution : '',
          follow: this.follow,
          onMap: this.#people.some(({ me }) => me),
          onStop: this.#stopSharing,
          onFollow: this.#setFollow,
          onZoom: this.#zoomBy,
        })}
      </div>
      ${peopleSheet({
        words,
        people: this.#people,
        others: peopleOffMap(this.#members.value ?? [], this.#people),
        open: this.sheetOpen,
        selectedId: this.selectedId,
        foot: shareFoot({
          words,
          mode,
          state: this.#location.state,
          precision: mode === 'off' ? this.precision : mode,
          allowed: this.#group?.can('report-position') ?? false,
          onShare: this.#share,
          onPrecision: this.#setPrecision,
        }),
        onToggle: () => {
          this.sheetOpen = !this.sheetOpen;
        },
        onPick: this.#pick,
      })}
      ${this.#people.length === 0 ? html`<slot name="empty"></slot>` : nothing}
    </div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('follow')) this.#markers.refollow();
    this.#markers.wake();
  }

  /** Markers move with the view in its own frame; the scale may follow in the next. */
  #viewMoved(): void {
    this.#markers.wake();
    this.requestUpdate();
  }

  #start(stage: HTMLElement): Camera | undefined {
    const [lat = Number.NaN, lng = Number.NaN] = (this.center ?? '').split(',').map(Number);
    if (Number.isFinite(lat) && Number.isFinite(lng)) return { lat, lng, zoom: this.zoom ?? 14 };
    const size = { width: stage.clientWidth, height: stage.clientHeight };
    const places = this.#people.map(({ position }) => position.fix);
    const insets = { top: 60, right: 60, bottom: 60, left: 60 };
    return cameraOver(places, size, insets, this.zoom ?? groupMaxZoom);
  }

  #serverNowMs(): number {
    return this.#access.jamz?.serverNow() ?? 0;
  }

  readonly #pick = (person: PersonOnMap): void => {
    this.selectedId = this.selectedId === person.id ? undefined : person.id;
    const engine = this.#ground.ground?.engine;
    if (!this.selectedId || !engine) return;
    this.#setFollow('free');
    const { lat, lng } = person.position.fix;
    engine.moveTo({ lat, lng, zoom: Math.max(engine.camera().zoom, 15) }, this.#slideMs());
  };

  readonly #setFollow = (follow: Follow): void => {
    this.follow = follow;
  };

  readonly #zoomBy = (step: number): void => {
    const engine = this.#ground.ground?.engine;
    if (!engine) return;
    const camera = engine.camera();
    if (this.follow === 'group') this.#setFollow('free');
    engine.moveTo({ ...camera, zoom: camera.zoom + step }, this.#slideMs(200));
  };

  readonly #share = (): void => {
    if (!request(this, 'jamz-request-share-position', { mode: this.precision })) return;
    this.#location.start(this.precision);
  };

  readonly #stopSharing = (): void => {
    if (!request(this, 'jamz-request-share-position', { mode: 'off' })) return;
    this.#location.stop();
  };

  readonly #setPrecision = (precision: 'precise' | 'coarse'): void => {
    this.precision = precision;
    if ((this.#sharing.value?.mode ?? 'off') !== 'off') this.#share();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const engine = this.#ground.ground?.engine;
    const step = keySteps[event.key];
    if (!engine || !step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if ('zoom' in step) {
      this.#zoomBy(step.zoom);
      return;
    }
    this.#setFollow('free');
    engine.moveTo(pannedBy(engine.camera(), step), this.#slideMs(150));
  };

  #slideMs(ms = 500): number {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : ms;
  }
}

const stepPx = 96;
const keySteps: Readonly<Record<string, { x: number; y: number } | { zoom: number }>> = {
  ArrowUp: { x: 0, y: -stepPx },
  ArrowDown: { x: 0, y: stepPx },
  ArrowLeft: { x: -stepPx, y: 0 },
  ArrowRight: { x: stepPx, y: 0 },
  '+': { zoom: 1 },
  '=': { zoom: 1 },
  '-': { zoom: -1 },
};

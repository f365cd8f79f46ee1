import { type CSSResult, html, type LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Group, LocationSource, MemberPosition } from '../../sdk/index.ts';
import { request } from '../shared/events.ts';
import { faceStyles } from '../shared/face.ts';
import { LateParts, type PartCode } from '../shared/late-parts.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { languageOf, wordsFor } from '../shared/words.ts';
import { type Follow, groupMaxZoom } from './follow.ts';
import { type Camera, cameraOver } from './geo.ts';
import type { GroundOptions, StreetWish } from './ground.ts';
import { GroundController } from './ground-controller.ts';
import { LateVisits } from './late-visits.ts';
import { isLocationGranted, LocationSharing } from './location-sharing.ts';
import { moveByKey, slideMs } from './map-keys.ts';
import { overlay } from './map-overlay.ts';
import { mapStyles } from './map-styles.ts';
import { marker, peopleSheet } from './map-views.ts';
import { MarkerLayer } from './marker-layer.ts';
import { markerStyles } from './marker-styles.ts';
import { type PersonOnMap, peopleOffMap, peopleOnMap } from './people.ts';
import type { SharingScene } from './share-options.ts';
import { shareFoot } from './share-views.ts';
import { sheetStyles } from './sheet-styles.ts';
import { isInTunnel } from './tunnels.ts';
import { mapWords } from './words.ts';

/** What the element around says; `follow` is also written, as the person changes it. */
export interface MapHost extends StreetWish, LitElement {
  readonly attribution: string;
  readonly center: string | undefined;
  readonly zoom: number | undefined;
  readonly externalPositions: boolean;
  readonly geolocation: Geolocation | LocationSource | undefined;
  readonly loadStreets: GroundOptions['loadStreets'];
  follow: Follow;
}

/** The element adopts them once the map is seen. */
export const roomStyles: readonly CSSResult[] = [faceStyles, mapStyles, markerStyles, sheetStyles];

/** Everything that a map is once it is seen. Loaded then. */
export class MapRoom {
  readonly #host: MapHost;
  readonly #pickGroup: () => Group | undefined;
  #people: readonly PersonOnMap[] = [];
  #sheetOpen = false;
  #selectedId: string | undefined;
  #precision: 'precise' | 'coarse' = 'precise';
  #lastingMs: number | null = null;

  readonly #info: StreamController<Group['info$']['value']>;
  readonly #members: StreamController<Group['members$']['value']>;
  readonly #positions: StreamController<readonly MemberPosition[]>;
  readonly #sharing: StreamController<Group['sharing$']['value']>;
  readonly #location: LocationSharing;
  readonly #ground: GroundController;
  readonly #markers: MarkerLayer;
  readonly #parts: LateParts<'options'>;
  readonly #visits: LateVisits;

  /** @param group must give the same object while nothing changed */
  constructor(
    host: MapHost,
    group: () => Group | undefined,
    wear: (styles: readonly CSSResult[]) => void,
  ) {
    this.#host = host;
    this.#pickGroup = group;
    this.#location = new LocationSharing(host, {
      group,
      from: () => host.geolocation ?? (isSecureContext ? navigator.geolocation : undefined),
      isAllowed: async () => host.geolocation !== undefined || isLocationGranted(),
      external: () => host.externalPositions,
    });
    this.#ground = new GroundController(host, {
      wish: () => ({ tiles: host.tiles, styleUrl: host.styleUrl, workerUrl: host.workerUrl }),
      start: (stage) => this.#start(stage),
      loadStreets: () => host.loadStreets,
      onMove: () => this.#viewMoved(),
      onGrab: () => this.#setFollow('free'),
      onChange: () => {
        host.requestUpdate();
        this.#markers.refollow();
      },
    });
    this.#markers = new MarkerLayer(host, {
      stage: () => host.shadowRoot?.querySelector<HTMLElement>('.stage') ?? null,
      ground: () => this.#ground.ground,
      people: () => this.#people,
      follow: () => host.follow,
      serverNowMs: () => this.#serverNowMs(),
    });
    this.#visits = new LateVisits(host, group);
    this.#info = new StreamController(host, () => group()?.info$);
    this.#members = new StreamController(host, () => group()?.members$);
    this.#positions = new StreamController(
      host,
      () => group()?.positions$,
      (positions) => {
        this.#people = peopleOnMap(positions, this.#serverNowMs());
        this.#markers.take(this.#people);
      },
    );
    this.#sharing = new StreamController(
      host,
      () => group()?.sharing$,
      ({ mode }) => {
        if (mode === 'off') this.#location.ended();
        else void this.#location.resume(mode);
      },
    );
    this.#parts = new LateParts(host, {
      jamz: () => group()?.jamz,
      wear,
      load: { options: () => this.#loadOptions() },
    });
  }

  render(): TemplateResult {
    const host = this.#host;
    const words = wordsFor(host, mapWords);
    this.#people = peopleOnMap(this.#positions.value ?? [], this.#serverNowMs());
    this.#visits.look(this.#people);
    const sharing = this.#sharing.value ?? { mode: 'off', untilMs: null };
    const { mode } = sharing;
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
                selected: person.id === this.#selectedId,
                crowd: this.#people.length,
                tunnel: this.#inTunnel(person),
                onPick: this.#pick,
              }),
          )}
        </div>
        ${overlay({
          words,
          sharing,
          language: languageOf(host),
          engine,
          problem: this.#ground.ground?.problem ?? 'none',
          attribution: host.tiles || host.styleUrl ? host.attribution : '',
          follow: host.follow,
          onMap: this.#people.some(({ me }) => me),
          news: this.#visits.news(),
          onStop: this.#stopSharing,
          onFollow: this.#setFollow,
          onZoom: this.#zoomBy,
        })}
      </div>
      ${peopleSheet({
        words,
        people: this.#people,
        others: peopleOffMap(this.#members.value ?? [], this.#people),
        open: this.#sheetOpen,
        choosing: this.#parts.open === 'options',
        inTunnel: this.#inTunnel,
        visit: this.#visits.note,
        selectedId: this.#selectedId,
        foot: shareFoot({
          words,
          mode,
          state: this.#location.state,
          precision: mode === 'off' ? this.#precision : mode,
          allowed: this.#pickGroup()?.can('report-position') ?? false,
          options: this.#parts.view('options'),
          onMore: () => this.#parts.toggle('options'),
          onShare: this.#share,
          onPrecision: this.#setPrecision,
        }),
        onToggle: () => {
          this.#sheetOpen = !this.#sheetOpen;
          host.requestUpdate();
        },
        onPick: this.#pick,
      })}
      ${this.#people.length === 0 ? html`<slot name="empty"></slot>` : nothing}
    </div>`;
  }

  /** After every render; `refollow`: whom to follow was changed. */
  updated(refollow: boolean): void {
    if (refollow) this.#markers.refollow();
    this.#markers.wake();
  }

  /** Markers move in its own frame, the scale in the next. */
  #viewMoved(): void {
    this.#markers.wake();
    this.#host.requestUpdate();
  }

  #start(stage: HTMLElement): Camera | undefined {
    const [lat = Number.NaN, lng = Number.NaN] = (this.#host.center ?? '').split(',').map(Number);
    if (Number.isFinite(lat) && Number.isFinite(lng))
      return { lat, lng, zoom: this.#host.zoom ?? 14 };
    const size = { width: stage.clientWidth, height: stage.clientHeight };
    const places = this.#people.map(({ position }) => position.fix);
    const insets = { top: 60, right: 60, bottom: 60, left: 60 };
    return cameraOver(places, size, insets, this.#host.zoom ?? groupMaxZoom);
  }

  #serverNowMs(): number {
    return this.#pickGroup()?.jamz.serverNow() ?? 0;
  }

  readonly #pick = (person: PersonOnMap): void => {
    this.#selectedId = this.#selectedId === person.id ? undefined : person.id;
    this.#host.requestUpdate();
    const engine = this.#ground.ground?.engine;
    if (!this.#selectedId || !engine) return;
    this.#setFollow('free');
    const { lat, lng } = person.position.fix;
    engine.moveTo({ lat, lng, zoom: Math.max(engine.camera().zoom, 15) }, slideMs(500));
  };

  readonly #setFollow = (follow: Follow): void => {
    this.#host.follow = follow;
  };

  readonly #zoomBy = (step: number): void => {
    const engine = this.#ground.ground?.engine;
    if (!engine) return;
    const camera = engine.camera();
    if (this.#host.follow === 'group') this.#setFollow('free');
    engine.moveTo({ ...camera, zoom: camera.zoom + step }, slideMs(200));
  };

  readonly #share = (): void => {
    if (!request(this.#host, 'jamz-request-share-position', { mode: this.#precision })) return;
    const lastingMs = this.#lastingMs;
    const until = lastingMs === null ? {} : { until: this.#serverNowMs() + lastingMs };
    this.#location.start({ mode: this.#precision, ...until });
  };

  readonly #inTunnel = (person: PersonOnMap) => isInTunnel(person, this.#ground.ground?.engine);

  async #loadOptions(): Promise<PartCode> {
    const { open, styles } = await import('./share-options.ts');
    const scene: SharingScene = {
      group: this.#pickGroup,
      me: () => this.#people.find((person) => person.me),
      middle: () => this.#ground.ground?.engine.camera(),
      lastingMs: () => this.#lastingMs,
      onLasting: (ms) => {
        this.#lastingMs = ms;
        this.#host.requestUpdate();
        if ((this.#sharing.value?.mode ?? 'off') !== 'off') this.#share();
      },
    };
    return { styles, open: (host) => open(host, scene) };
  }

  readonly #stopSharing = (): void => {
    if (!request(this.#host, 'jamz-request-share-position', { mode: 'off' })) return;
    this.#location.stop();
  };

  readonly #setPrecision = (precision: 'precise' | 'coarse'): void => {
    this.#precision = precision;
    this.#host.requestUpdate();
    if ((this.#sharing.value?.mode ?? 'off') !== 'off') this.#share();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    moveByKey(event, this.#ground.ground?.engine, {
      zoomBy: (step) => this.#zoomBy(step),
      free: () => this.#setFollow('free'),
    });
  };
}

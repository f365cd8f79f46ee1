import {
  type CSSResult,
  html,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import type { Group, LocationSource } from '../../sdk/index.ts';
import { type Obstacle, obstacleView, showing } from '../shared/availability.ts';
import { type CommonWords, commonWords } from '../shared/common-words.ts';
import { GroupController } from '../shared/group-controller.ts';
import { JamzElement } from '../shared/jamz-element.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { sharedStyles } from '../shared/styles.ts';
import { wordsFor } from '../shared/words.ts';
import type { Follow } from './follow.ts';
import type { GroundOptions } from './ground.ts';
import type { MapHost, MapRoom } from './map-room.ts';
import { shellStyles } from './shell-styles.ts';

/**
 * Where everybody in the group is, on streets or on a plain ground.
 *
 * @fires jamz-request-share-position - the person wants to share or to stop; `preventDefault()` keeps it from happening
 * @fires jamz-visit - a member reached or left a place of the group, who lets it know
 * @csspart map - the ground with everything on it
 * @csspart marker - one person on the map
 * @csspart sheet - the list of people
 * @csspart sharing - "You are sharing · Stop"
 */
export class JamzMap extends JamzElement implements MapHost {
  static override readonly styles: CSSResult[] = [...sharedStyles, shellStyles];
  static override readonly properties: PropertyDeclarations = {
    tiles: {},
    styleUrl: { attribute: 'style-url' },
    workerUrl: { attribute: 'worker-url' },
    attribution: {},
    center: {},
    zoom: { type: Number },
    follow: {},
    externalPositions: { type: Boolean, attribute: 'external-positions' },
  };

  /** Vector tiles in the OpenMapTiles schema: a `.pmtiles` archive, a TileJSON document or a `{z}/{x}/{y}` template. Without it, people on a plain ground. */
  declare tiles: string | undefined;
  /** A whole MapLibre style in place of ours. */
  declare styleUrl: string | undefined;
  /** Where `maplibre-gl-worker.mjs` is; by default beside the module. */
  declare workerUrl: string | undefined;
  /** Whose map data it is; shown on the map. */
  declare attribution: string;
  /** Where to look first, `lat,lng`; without it, where the people are. */
  declare center: string | undefined;
  /** How close, as MapLibre counts; 15 shows a quarter of a town. */
  declare zoom: number | undefined;
  /** Whom to keep in view: `me`, `group`, or `free` for nobody. */
  declare follow: Follow;
  /** The page reports positions itself; the element never asks this device for one. */
  declare externalPositions: boolean;
  /** Where fixes come from; the browser's own unless a page sets another, as a drive or a receiver of its own. */
  declare geolocation: Geolocation | LocationSource | undefined;
  /** How the street engine is loaded. */
  declare loadStreets: GroundOptions['loadStreets'];

  #room: MapRoom | undefined;
  #unloaded: Obstacle | undefined;
  #loading = false;
  #seen: IntersectionObserver | undefined;
  #tick: ReturnType<typeof setInterval> | undefined;
  readonly #access = new GroupController(this);
  readonly #availability = new StreamController(this, () => this.#group?.availability$);

  constructor() {
    super();
    // A page may have set it before this module came.
    this.loadStreets ??= () => import('./street-engine.ts');
    this.attribution = '© OpenStreetMap contributors';
    this.follow = 'group';
    this.externalPositions = false;
  }

  get #group(): Group | undefined {
    return this.#access.group;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void this.#furnish();
    });
    this.#seen.observe(this);
    // Ages grow while nothing else happens.
    this.#tick = setInterval(() => this.#room && this.requestUpdate(), 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen?.disconnect();
    clearInterval(this.#tick);
  }

  override render(): TemplateResult {
    const words = wordsFor(this, commonWords);
    const shown = showing(this.#access.access, this.#availability.value, words);
    if (typeof shown === 'object') return notice(shown, words);
    if (this.#unloaded) return notice(this.#unloaded, words);
    if (shown === 'content' && this.#room) return this.#room.render();
    return html`<div class="frame">
      <div class="stage bone" role="status" aria-label=${words.loading}></div>
    </div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    this.#room?.updated(changed.has('follow'));
  }

  /** Loads the rest, which most of a page's visitors may never scroll to. */
  async #furnish(): Promise<void> {
    if (this.#room || this.#loading) return;
    this.#loading = true;
    try {
      const { MapRoom, roomStyles } = await import('./map-room.ts');
      this.wear(roomStyles);
      this.#room = new MapRoom(
        this,
        () => this.#group,
        (styles) => this.wear(styles),
      );
      this.#unloaded = undefined;
    } catch {
      const { unreachableTitle, unreachableText } = wordsFor(this, commonWords);
      this.#unloaded = {
        kind: 'failed',
        title: unreachableTitle,
        text: unreachableText,
        code: 'unavailable',
        retry: () => void this.#furnish(),
      };
    } finally {
      this.#loading = false;
      this.requestUpdate();
    }
  }
}

function notice(obstacle: Obstacle, words: CommonWords): TemplateResult {
  return html`<div class="frame centred">${obstacleView(obstacle, words)}</div>`;
}

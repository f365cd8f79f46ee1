import { html, nothing, svg, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { LatLng, Trip } from '../../sdk/index.ts';
import type { MapEngine } from '../map/engine.ts';
import { huesOf } from './hues.ts';
import { planeZoom, type Way, wayOf } from './way.ts';

/** Everybody's way, drawn once and then slid and scaled under the camera. */
export class RouteLayer {
  readonly #origin: LatLng;
  readonly #ways: ReadonlyMap<string, Way>;
  readonly #hues: ReadonlyMap<string, number>;

  constructor(trip: Trip) {
    const first = trip.travellers.flatMap(({ points }) => points.slice(0, 1))[0];
    this.#origin = first ?? { lat: 0, lng: 0 };
    this.#hues = huesOf(trip.travellers);
    this.#ways = new Map(
      trip.travellers.map(({ userId, points }) => [userId, wayOf(points, this.#origin, trip)]),
    );
  }

  /** @param followed whose way stands out; undefined: all alike */
  view(followed: string | undefined): TemplateResult {
    return html`<svg class="ways" aria-hidden="true">
      <g class="plane">
        ${repeat(
          this.#ways,
          ([id]) => id,
          ([id, { seen, unseen, rough }]) => svg`<g
            class=${followed !== undefined && followed !== id ? 'way aside' : 'way'}
            data-id=${id}
            .style=${`--_own: ${this.#hues.get(id)}`}
          >
            ${rough.map(({ x, y, r }) => svg`<circle cx=${x} cy=${y} r=${r}></circle>`)}
            ${unseen ? svg`<path class="unseen" d=${unseen}></path>` : nothing}
            <path class="whole" d=${seen}></path>
            <path class="edge"></path>
            <path class="passed"></path>
          </g>`,
        )}
      </g>
    </svg>`;
  }

  /** Puts the drawing where the camera looks, and brings the ways as far as `atMs`. */
  paint(stage: ParentNode, engine: MapEngine, atMs: number): void {
    const plane = stage.querySelector('.plane');
    if (!plane) return;
    const { x, y } = engine.project(this.#origin);
    const scale = 2 ** (engine.camera().zoom - planeZoom);
    plane.setAttribute('transform', `matrix(${scale} 0 0 ${scale} ${x} ${y})`);
    for (const group of plane.querySelectorAll<SVGGElement>('.way')) {
      const passed = this.#ways.get(group.dataset['id'] ?? '')?.passed(atMs) ?? '';
      for (const line of group.querySelectorAll('.passed, .edge')) {
        if (line.getAttribute('d') !== passed) line.setAttribute('d', passed);
      }
    }
  }
}

import { html, nothing, svg, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { LatLng, Trip } from '../../sdk/index.ts';
import type { MapEngine } from '../map/engine.ts';
import { huesOf } from './hues.ts';
import { planeZoom, type Way, wayOf } from './way.ts';
import type { Box } from './way-stretches.ts';

/** How far beyond the stage ways are drawn, of its width and height: so far the map slides before they are drawn anew. */
const margin = 0.25;
/** Not seen, and a camera that only slides may be off by as much. */
const sameZoom = 1e-4;

/** How the ways were drawn last. */
interface Drawn {
  readonly plane: Element;
  readonly size: string;
  readonly zoom: number;
  /** Where the origin stood. */
  readonly x: number;
  readonly y: number;
  readonly within: Box;
  /** How many of each one's stretches are shown as passed. */
  readonly passed: Map<string, number>;
}

/**
 * Everybody's way, drawn once for a zoom and a neighbourhood and slid under the camera. What a frame draws anew, the
 * stretches that people are in, is a picture of its own on top.
 */
export class RouteLayer {
  readonly #origin: LatLng;
  readonly #ways: ReadonlyMap<string, Way>;
  readonly #hues: ReadonlyMap<string, number>;
  #drawn: Drawn | undefined;

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
    const group = (id: string, name: string, drawing: unknown): TemplateResult => svg`<g
      class=${followed !== undefined && followed !== id ? `${name} aside` : name}
      data-id=${id}
      .style=${`--_own: ${this.#hues.get(id)}`}
    >${drawing}</g>`;
    return html`<svg class="ways" aria-hidden="true">
        <g class="plane">
          ${repeat(
            this.#ways,
            ([id]) => id,
            ([id, { unseen, rough }]) =>
              group(
                id,
                'way',
                svg`${rough.map(({ x, y, r }) => svg`<circle cx=${x} cy=${y} r=${r}></circle>`)}
                ${unseen ? svg`<path class="unseen" d=${unseen}></path>` : nothing}
                <path class="whole"></path>
                <path class="edge"></path>
                <path class="passed"></path>`,
              ),
          )}
        </g>
      </svg>
      <svg class="ways tips" aria-hidden="true">
        <g class="plane">
          ${repeat(
            this.#ways,
            ([id]) => id,
            ([id]) => group(id, 'tip', svg`<path class="edge"></path><path class="passed"></path>`),
          )}
        </g>
      </svg>`;
  }

  /** Puts the drawing where the camera looks, and brings the ways as far as `atMs`. */
  paint(stage: HTMLElement, engine: MapEngine, atMs: number): void {
    const plane = stage.querySelector('.plane');
    if (!plane) return;
    const { x, y } = engine.project(this.#origin);
    const drawn = this.#standing(stage, plane, engine, { x, y });
    const slid = `${(x - drawn.x).toFixed(2)}px ${(y - drawn.y).toFixed(2)}px`;
    for (const layer of stage.querySelectorAll<SVGElement>('.ways')) layer.style.translate = slid;
    for (const group of stage.querySelectorAll<SVGGElement>('.way, .tip')) {
      const id = group.dataset['id'] ?? '';
      const way = this.#ways.get(id);
      const seen = way?.seen(drawn.zoom);
      if (!seen) continue;
      if (group.matches('.tip')) {
        draw(group, '.passed, .edge', seen.tip(atMs, way?.endAt(atMs)));
        continue;
      }
      const count = seen.passed(atMs);
      if (drawn.passed.get(id) === count) continue;
      if (!drawn.passed.has(id)) draw(group, '.whole', seen.drawn(drawn.within));
      drawn.passed.set(id, count);
      draw(group, '.passed, .edge', seen.drawn(drawn.within, count));
    }
  }

  /** What is drawn still holds, or a plane that is to be drawn on anew. */
  #standing(
    stage: HTMLElement,
    plane: Element,
    engine: MapEngine,
    { x, y }: { readonly x: number; readonly y: number },
  ): Drawn {
    const { clientWidth, clientHeight } = stage;
    const [marginX, marginY] = [clientWidth * margin, clientHeight * margin];
    const size = `${clientWidth} ${clientHeight}`;
    const { zoom } = engine.camera();
    const before = this.#drawn;
    const stands =
      before?.plane === plane &&
      before.size === size &&
      Math.abs(before.zoom - zoom) < sameZoom &&
      Math.abs(before.x - x) <= marginX &&
      Math.abs(before.y - y) <= marginY;
    if (stands) return before;
    const scale = 2 ** (zoom - planeZoom);
    const [left, top] = [(-marginX - x) / scale, (-marginY - y) / scale];
    const within = {
      ...{ left, right: left + (clientWidth + 2 * marginX) / scale },
      ...{ top, bottom: top + (clientHeight + 2 * marginY) / scale },
    };
    const matrix = `matrix(${scale} 0 0 ${scale} ${x + marginX} ${y + marginY})`;
    for (const one of stage.querySelectorAll('.plane')) one.setAttribute('transform', matrix);
    this.#drawn = { plane, size, zoom, x, y, within, passed: new Map() };
    return this.#drawn;
  }
}

function draw(group: Element, lines: string, path: string): void {
  for (const line of group.querySelectorAll(lines)) {
    if (line.getAttribute('d') !== path) line.setAttribute('d', path);
  }
}

import { html, type TemplateResult } from 'lit';
import type { LatLng } from '../../sdk/index.ts';
import type { MapEngine } from '../map/engine.ts';
import { musicIcon } from '../shared/icons.ts';
import type { Replay } from './replay.ts';
import { whereWas } from './whereabouts.ts';

interface Pin {
  readonly title: string;
  readonly atMs: number;
  readonly at: LatLng;
}

/** Nearer than this two pins cover each other: the later one goes. */
const apartPx = 30;

/** Where each song began: beside the way of whoever was on the road the longest. */
export class SongPins {
  readonly #pins: readonly Pin[];
  #placed = '';

  constructor({ trip, songs }: Replay) {
    const byPoints = trip.travellers.toSorted((a, b) => b.points.length - a.points.length);
    this.#pins = songs.flatMap(({ title, atMs }) => {
      const at = byPoints.map(({ points }) => whereWas(points, atMs, trip)).find(isSure);
      return at ? [{ title, atMs, at }] : [];
    });
  }

  view(replay: Replay, onPick: (atMs: number) => void): TemplateResult {
    const now = replay.song?.atMs;
    return html`<div class="pins" aria-hidden="true">
      ${this.#pins.map(
        ({ title, atMs }) => html`<button
          class="pin"
          ?data-now=${atMs === now}
          tabindex="-1"
          title=${title}
          @click=${() => onPick(atMs)}
        >
          ${musicIcon()}
        </button>`,
      )}
    </div>`;
  }

  place(stage: HTMLElement, engine: MapEngine): void {
    const { lat, lng, zoom } = engine.camera();
    const { clientWidth, clientHeight } = stage;
    const view = `${engine.kind} ${lat} ${lng} ${zoom} ${clientWidth} ${clientHeight}`;
    const elements = stage.querySelectorAll<HTMLElement>('.pin');
    // Pins stand on the ground: nothing but the camera moves them.
    const isNew = elements[0]?.style.translate === '';
    if (view === this.#placed && !isNew) return;
    this.#placed = view;
    const free: { readonly x: number; readonly y: number }[] = [];
    for (const [index, element] of elements.entries()) {
      const pin = this.#pins[index];
      if (!pin) continue;
      const { x, y } = engine.project(pin.at);
      const isCovered = free.some((other) => Math.hypot(other.x - x, other.y - y) < apartPx);
      element.classList.toggle('placed', !isCovered);
      element.style.translate = `${x.toFixed(1)}px ${y.toFixed(1)}px`;
      if (!isCovered) free.push({ x, y });
    }
  }
}

function isSure(where: ReturnType<typeof whereWas>): where is NonNullable<typeof where> {
  return where?.certainty === 'seen';
}

import type { PacketView } from '../../simulator/stage/packets.ts';
import type { StageView } from '../../simulator/stage/view.ts';
import { colourOf } from './people.ts';

const shortestMs = 380;
const longestMs = 2_500;
const packetsAtMost = 90;
const namespace = 'http://www.w3.org/2000/svg';

interface Dot {
  readonly circle: SVGCircleElement;
  readonly packet: PacketView;
  readonly startedMs: number;
  readonly lastsMs: number;
}

/**
 * The lines between phones and servers and the messages on them, drawn over the page. A message travels at least a third
 * of a second, however fast it was, so that it can be seen.
 */
export class Wires {
  readonly #svg: SVGSVGElement;
  readonly #lines: SVGLineElement[] = [];
  readonly #dots = new Map<number, Dot>();
  #seen = 0;

  constructor(svg: SVGSVGElement) {
    this.#svg = svg;
  }

  /** Nothing of an earlier world is under way in a new one. */
  clear(): void {
    for (const { circle } of this.#dots.values()) circle.remove();
    this.#dots.clear();
    this.#seen = 0;
  }

  /** @param nowMs of the page, @param speed simulated seconds per second */
  draw(view: StageView, nowMs: number, speed: number, moving: boolean): void {
    const frame = this.#svg.getBoundingClientRect();
    const from = placesOf('.sim-phone', frame, 'top');
    const to = placesOf('.sim-server', frame, 'bottom');
    this.#drawLines(view, from, to);
    if (moving) this.#depart(view, nowMs, speed);
    for (const [id, dot] of this.#dots) {
      const share = (nowMs - dot.startedMs) / dot.lastsMs;
      const phone = from[dot.packet.phone];
      const server = to[view.phones[dot.packet.phone]?.server ?? 0] ?? to[0];
      const lost = dot.packet.arrivesMs === null;
      if (share >= (lost ? 0.6 : 1) || !phone || !server) {
        dot.circle.remove();
        this.#dots.delete(id);
        continue;
      }
      const way = dot.packet.way === 'up' ? share : 1 - share;
      dot.circle.setAttribute('cx', String(phone.x + (server.x - phone.x) * way));
      dot.circle.setAttribute('cy', String(phone.y + (server.y - phone.y) * way));
      if (lost) dot.circle.setAttribute('opacity', String(Math.max(0, 1 - share / 0.6)));
    }
  }

  #depart(view: StageView, nowMs: number, speed: number): void {
    for (const packet of view.packets) {
      if (packet.id <= this.#seen) continue;
      this.#seen = packet.id;
      if (this.#dots.size >= packetsAtMost) continue;
      const tripMs = ((packet.arrivesMs ?? packet.sentMs + 400) - packet.sentMs) / speed;
      const circle = document.createElementNS(namespace, 'circle');
      circle.setAttribute('r', packet.what === 'push' || packet.what === 'commits' ? '5' : '3');
      circle.setAttribute('class', colourOf(view.phones[packet.phone]?.userId ?? ''));
      this.#svg.append(circle);
      this.#dots.set(packet.id, {
        circle,
        packet,
        startedMs: nowMs,
        lastsMs: Math.min(Math.max(tripMs, shortestMs), longestMs),
      });
    }
  }

  #drawLines(view: StageView, from: readonly Place[], to: readonly Place[]): void {
    for (const [index, phone] of view.phones.entries()) {
      let line = this.#lines[index];
      if (!line) {
        line = document.createElementNS(namespace, 'line');
        this.#lines.push(line);
        this.#svg.prepend(line);
      }
      const start = from[index];
      const end = to[phone.server ?? -1];
      line.setAttribute('class', `${colourOf(phone.userId)} ${phone.link}`);
      if (!start || !end || phone.link === 'none') {
        line.setAttribute('visibility', 'hidden');
        continue;
      }
      line.setAttribute('visibility', 'visible');
      line.setAttribute('x1', String(start.x));
      line.setAttribute('y1', String(start.y));
      line.setAttribute('x2', String(end.x));
      line.setAttribute('y2', String(end.y));
    }
    for (const line of this.#lines.splice(view.phones.length)) line.remove();
  }
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Middle of an edge of each card, by the number that the card bears. */
function placesOf(cards: string, frame: DOMRect, edge: 'top' | 'bottom'): Place[] {
  const places: Place[] = [];
  for (const card of document.querySelectorAll<HTMLElement>(cards)) {
    const box = card.getBoundingClientRect();
    const number = Number(card.dataset['phone'] ?? card.dataset['server']);
    places[number] = { x: box.left + box.width / 2 - frame.left, y: box[edge] - frame.top };
  }
  return places;
}

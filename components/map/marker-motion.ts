import { addFix, drawnAt, type Glide, newGlide } from '../../sdk/index.ts';
import type { LatLng, Point } from './geo.ts';
import type { PersonOnMap } from './people.ts';
import { fanOffset, type Stack, stacked } from './stacks.ts';

/** Where one marker goes in this frame, CSS pixels from the top left of the map. */
export interface Placement extends Point {
  readonly id: string;
  readonly at: LatLng;
  readonly headingDeg: number | null;
  /** Place in its pile, 0 on top. */
  readonly depth: number;
  /** How many are in its pile. */
  readonly pile: number;
}

export interface Frame {
  readonly placements: readonly Placement[];
  /** Whether the next frame would differ although no fix comes and nobody touches the map. */
  readonly moving: boolean;
}

export interface FrameView {
  readonly project: (at: LatLng) => Point;
  /** The clock of the fixes. */
  readonly serverNowMs: number;
  /** The clock of the screen. */
  readonly frameMs: number;
  /** Nothing slides: markers stand at the newest fix at once. */
  readonly still: boolean;
}

const fanMs = 90;

/** Moves everybody's marker: glides between fixes, slides in and out of piles. */
export class MarkerMotion {
  readonly #glides = new Map<string, Glide>();
  readonly #fans = new Map<string, Point>();
  #stacks: readonly Stack[] = [];
  #lastFrameMs = 0;

  /** Takes in who is where; fixes already known change nothing, who is missing is forgotten. */
  take(people: readonly PersonOnMap[], serverNowMs: number): void {
    const ids = new Set(people.map((person) => person.id));
    for (const id of this.#glides.keys()) {
      if (ids.has(id)) continue;
      this.#glides.delete(id);
      this.#fans.delete(id);
    }
    for (const { id, position, coarse } of people) {
      const { fix } = position;
      // A coarse place is a square of the map, not a way: a heading or a speed would pretend to know.
      const known = coarse ? { lat: fix.lat, lng: fix.lng, atMs: fix.atMs, speedMps: 0 } : fix;
      this.#glides.set(id, addFix(this.#glides.get(id) ?? newGlide, known, serverNowMs));
    }
  }

  /** Where somebody is drawn now, as the camera needs it to follow. */
  at(id: string, serverNowMs: number): LatLng | undefined {
    const glide = this.#glides.get(id);
    return glide && drawnAt(glide, serverNowMs);
  }

  frame(people: readonly PersonOnMap[], view: FrameView): Frame {
    let moving = false;
    const drawn = new Map<string, { at: LatLng; point: Point; headingDeg: number | null }>();
    for (const { id, position } of people) {
      const glide = this.#glides.get(id);
      const way = view.still
        ? { ...position.fix, headingDeg: position.fix.headingDeg ?? null, moving: false }
        : glide && drawnAt(glide, view.serverNowMs);
      if (!way) continue;
      moving ||= way.moving;
      drawn.set(id, { at: way, point: view.project(way), headingDeg: way.headingDeg });
    }
    const pins = people.flatMap(({ id }, rank) => {
      const point = drawn.get(id)?.point;
      return point ? [{ id, rank, x: point.x, y: point.y }] : [];
    });
    this.#stacks = stacked(pins, this.#stacks);
    const pull = this.#pull(view);
    const placements: Placement[] = [];
    for (const stack of this.#stacks) {
      for (const [depth, id] of stack.ids.entries()) {
        const own = drawn.get(id);
        if (!own) continue;
        const slot = fanOffset(depth);
        const wanted = {
          x: stack.x + slot.x - own.point.x,
          y: stack.y + slot.y - own.point.y,
        };
        const fan = slid(this.#fans.get(id) ?? { x: 0, y: 0 }, wanted, pull);
        moving ||= Math.hypot(fan.x - wanted.x, fan.y - wanted.y) > 0.3;
        this.#fans.set(id, fan);
        placements.push({
          id,
          at: own.at,
          x: own.point.x + fan.x,
          y: own.point.y + fan.y,
          headingDeg: own.headingDeg,
          depth,
          pile: stack.ids.length,
        });
      }
    }
    return { placements, moving };
  }

  /** The part of the way to its slot that a marker slides in this frame. */
  #pull(view: FrameView): number {
    const sinceMs = view.frameMs - this.#lastFrameMs;
    this.#lastFrameMs = view.frameMs;
    return view.still ? 1 : 1 - Math.exp(-Math.max(0, Math.min(100, sinceMs)) / fanMs);
  }
}

function slid(from: Point, to: Point, part: number): Point {
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

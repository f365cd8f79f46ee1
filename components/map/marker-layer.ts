import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type CameraMove, type Follow, followMove } from './follow.ts';
import { fitting, type Insets, type LatLng, metresPerPixel, type Size } from './geo.ts';
import type { Ground } from './ground.ts';
import { MarkerMotion, type Placement } from './marker-motion.ts';
import type { PersonOnMap } from './people.ts';

/** What the layer needs to know of its element, asked anew in every frame. */
export interface MarkerLayerOptions {
  readonly stage: () => HTMLElement | null;
  readonly ground: () => Ground | undefined;
  readonly people: () => readonly PersonOnMap[];
  readonly follow: () => Follow;
  readonly serverNowMs: () => number;
}

/** Room for the pill above, a name and the scale below, and the tools beside. */
const insets: Insets = { top: 86, right: 100, bottom: 92, left: 44 };
/** Wider than this a halo says nothing. */
const maxHaloPx = 900;
const minHaloPx = 44;
const turnStepDeg = 4;

/**
 * Puts the markers where their people are, frame by frame, and lets the camera follow.
 * Runs only while something moves; `wake()` starts it again.
 */
export class MarkerLayer implements ReactiveController {
  readonly #options: MarkerLayerOptions;
  readonly #motion = new MarkerMotion();
  #frame: number | undefined;
  #connected = false;
  #freshFollow = true;
  #slidingUntilMs = 0;

  constructor(host: ReactiveControllerHost, options: MarkerLayerOptions) {
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connected = true;
  }

  hostDisconnected(): void {
    this.#connected = false;
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  /** Takes new fixes in. */
  take(people: readonly PersonOnMap[]): void {
    this.#motion.take(people, this.#options.serverNowMs());
    this.wake();
  }

  /** The camera goes where the follow mode wants it, also when it is nearly there. */
  refollow(): void {
    this.#freshFollow = true;
    this.#slidingUntilMs = 0;
    this.wake();
  }

  wake(): void {
    if (!this.#connected || this.#frame !== undefined) return;
    this.#frame = requestAnimationFrame((frameMs) => this.#run(frameMs));
  }

  #run(frameMs: number): void {
    this.#frame = undefined;
    const { stage, ground, people } = this.#options;
    const engine = ground()?.engine;
    const root = stage();
    if (!engine || !root) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const serverNowMs = this.#options.serverNowMs();
    const following = this.#follow(root, frameMs, serverNowMs, still);
    const frame = this.#motion.frame(people(), {
      project: (at) => engine.project(at),
      serverNowMs,
      frameMs,
      still,
    });
    this.#place(root, frame.placements);
    if (frame.moving || following || frameMs < this.#slidingUntilMs) this.wake();
  }

  /** @returns whether it moved the camera, so that another frame is due */
  #follow(root: HTMLElement, frameMs: number, serverNowMs: number, still: boolean): boolean {
    const engine = this.#options.ground()?.engine;
    if (!engine || frameMs < this.#slidingUntilMs) return false;
    const people = this.#options.people();
    const me = people.find((person) => person.me);
    const size: Size = { width: root.clientWidth, height: root.clientHeight };
    const move: CameraMove | undefined = followMove(this.#options.follow(), {
      camera: engine.camera(),
      size,
      insets: fitting(insets, size),
      me: me && this.#motion.at(me.id, serverNowMs),
      everybody: this.#drawn(people, serverNowMs),
      fresh: this.#freshFollow,
    });
    if (!move) return false;
    this.#freshFollow = false;
    const durationMs = still ? 0 : move.durationMs;
    this.#slidingUntilMs = frameMs + durationMs;
    engine.moveTo(move.camera, durationMs);
    return true;
  }

  #drawn(people: readonly PersonOnMap[], serverNowMs: number): readonly LatLng[] {
    const here = people.filter((person) => person.freshness !== 'lost');
    return (here.length > 0 ? here : people).flatMap(
      ({ id }) => this.#motion.at(id, serverNowMs) ?? [],
    );
  }

  #place(root: HTMLElement, placements: readonly Placement[]): void {
    const engine = this.#options.ground()?.engine;
    if (!engine) return;
    const people = new Map(this.#options.people().map((person) => [person.id, person]));
    const elements = new Map<string | undefined, HTMLElement>();
    for (const element of root.querySelectorAll<HTMLElement>('.marker')) {
      elements.set(element.dataset['id'], element);
    }
    for (const placement of placements) {
      const element = elements.get(placement.id);
      const person = people.get(placement.id);
      if (!element || !person) continue;
      const { style, classList } = element;
      const { camera } = engine;
      const haloPx =
        (2 * person.position.fix.accuracyM) /
        metresPerPixel({ ...camera(), lat: placement.at.lat });
      style.translate = `${placement.x.toFixed(1)}px ${placement.y.toFixed(1)}px`;
      style.zIndex = String(placement.depth === 0 ? (person.me ? 200 : 100) : 50 - placement.depth);
      style.setProperty('--turn', `${turnDegOf(placement)}deg`);
      style.setProperty('--halo', `${Math.min(maxHaloPx, haloPx).toFixed(0)}px`);
      classList.add('placed');
      classList.toggle('has-halo', haloPx > minHaloPx && placement.depth === 0);
      classList.toggle('has-heading', placement.headingDeg !== null && !person.coarse);
      classList.toggle('under', placement.depth > 0);
      classList.toggle('deep', placement.depth > 2);
      const count = element.querySelector('.count');
      const text = placement.depth === 0 && placement.pile > 1 ? String(placement.pile) : '';
      if (count && count.textContent !== text) count.textContent = text;
    }
  }
}

/** In steps that nobody sees: a marker is drawn anew for each. */
function turnDegOf({ headingDeg }: Placement): number {
  return Math.round((headingDeg ?? 0) / turnStepDeg) * turnStepDeg;
}

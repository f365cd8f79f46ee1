import { type EngineOptions, type MapEngine, maxZoom, minZoom } from './engine.ts';
import {
  between,
  type Camera,
  type Point,
  pannedBy,
  project,
  type Size,
  zoomedAround,
} from './geo.ts';

/** What the plain ground takes from its surroundings. */
export interface PlainDeps {
  readonly nowMs: () => number;
  readonly requestFrame: (run: () => void) => number;
  readonly cancelFrame: (handle: number) => void;
}

const pageDeps: PlainDeps = {
  nowMs: () => performance.now(),
  requestFrame: (run) => requestAnimationFrame(run),
  cancelFrame: (handle) => cancelAnimationFrame(handle),
};

/** A ground without tiles and without WebGL: drag, wheel and pinch work, places keep their true distances. */
export function createPlainEngine(options: EngineOptions, deps: PlainDeps = pageDeps): MapEngine {
  const { container, onMove, onGrab } = options;
  const listeners = new AbortController();
  const pointers = new Map<number, Point>();
  let camera = options.camera;
  let frame: number | undefined;
  let size = sizeOf(container);

  const look = (next: Camera): void => {
    camera = { ...next, zoom: clamp(next.zoom) };
    slideGrid(container, camera);
    onMove();
  };
  const stop = (): void => {
    if (frame !== undefined) deps.cancelFrame(frame);
    frame = undefined;
  };
  const grab = (): void => {
    stop();
    onGrab();
  };
  const at = (event: MouseEvent): Point => {
    const box = container.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const on = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    run: (event: HTMLElementEventMap[Name]) => void,
  ): void => {
    container.addEventListener(name, run, { signal: listeners.signal, passive: false });
  };

  on('pointerdown', (event) => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, at(event));
    container.setPointerCapture(event.pointerId);
  });
  on('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = at(event);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    grab();
    if (other) look(pinched(camera, size, other, before, now));
    else look(pannedBy(camera, { x: before.x - now.x, y: before.y - now.y }));
  });
  const lift = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
  };
  on('pointerup', lift);
  on('pointercancel', lift);
  on('wheel', (event) => {
    event.preventDefault();
    grab();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 40 : 1;
    look(zoomedAround(camera, size, clamp(camera.zoom - (event.deltaY * lines) / 400), at(event)));
  });
  on('dblclick', (event) => {
    grab();
    look(zoomedAround(camera, size, clamp(camera.zoom + 1), at(event)));
  });
  slideGrid(container, camera);

  return {
    kind: 'plain',
    camera: () => camera,
    project: (place) => project(camera, size, place),
    isTunnel: () => false,
    setDark() {},
    resize() {
      size = sizeOf(container);
      onMove();
    },
    moveTo(target, durationMs) {
      stop();
      if (durationMs <= 0) {
        look(target);
        return;
      }
      const from = camera;
      const startMs = deps.nowMs();
      const step = (): void => {
        const part = Math.min(1, (deps.nowMs() - startMs) / durationMs);
        frame = part < 1 ? deps.requestFrame(step) : undefined;
        const eased = 1 - (1 - part) ** 3;
        look({
          ...between(from, target, eased),
          zoom: from.zoom + (target.zoom - from.zoom) * eased,
        });
      };
      frame = deps.requestFrame(step);
    },
    close() {
      stop();
      listeners.abort();
    },
  };
}

/** Two fingers: `held` stays, the other went from `before` to `now`. */
function pinched(camera: Camera, size: Size, held: Point, before: Point, now: Point): Camera {
  const apart = Math.max(8, Math.hypot(held.x - now.x, held.y - now.y));
  const apartBefore = Math.max(8, Math.hypot(held.x - before.x, held.y - before.y));
  const middle = { x: (held.x + now.x) / 2, y: (held.y + now.y) / 2 };
  const middleBefore = { x: (held.x + before.x) / 2, y: (held.y + before.y) / 2 };
  const slid = pannedBy(camera, { x: middleBefore.x - middle.x, y: middleBefore.y - middle.y });
  return zoomedAround(slid, size, clamp(camera.zoom + Math.log2(apart / apartBefore)), middle);
}

/** The grid of the ground moves with it, so that a hand feels what it drags. Drawn by the style sheet from these two. */
function slideGrid(container: HTMLElement, camera: Camera): void {
  const origin = project(camera, { width: 0, height: 0 }, { lat: 0, lng: 0 });
  const cell = 64 * 2 ** (camera.zoom - Math.floor(camera.zoom));
  container.style.setProperty('--cell', `${cell}px`);
  container.style.setProperty('--grid-x', `${origin.x % cell}px`);
  container.style.setProperty('--grid-y', `${origin.y % cell}px`);
}

function sizeOf(container: HTMLElement): Size {
  return { width: container.clientWidth, height: container.clientHeight };
}

function clamp(zoom: number): number {
  return Math.max(minZoom, Math.min(maxZoom, zoom));
}

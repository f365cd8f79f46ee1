import type { MapEngine } from './engine.ts';
import { pannedBy } from './geo.ts';

/** What a key does to the map: pixels that it looks further, or levels of zoom. */
type KeyStep = { readonly x: number; readonly y: number } | { readonly zoom: number };

const stepPx = 96;
const keySteps: Readonly<Record<string, KeyStep>> = {
  ArrowUp: { x: 0, y: -stepPx },
  ArrowDown: { x: 0, y: stepPx },
  ArrowLeft: { x: -stepPx, y: 0 },
  ArrowRight: { x: stepPx, y: 0 },
  '+': { zoom: 1 },
  '=': { zoom: 1 },
  '-': { zoom: -1 },
};

/** Undefined for what is the page's, or the browser's. */
function stepOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): KeyStep | undefined {
  return ctrlKey || metaKey || altKey ? undefined : keySteps[key];
}

/** What a map does at a key that is not a matter of its camera alone. */
export interface KeyedMap {
  zoomBy(step: number): void;
  /** The person looks elsewhere: nobody is followed any more. */
  free(): void;
}

/** Moves the camera as a key says, and takes the key from the page where it says something. */
export function moveByKey(
  event: KeyboardEvent,
  engine: MapEngine | undefined,
  map: KeyedMap,
): void {
  const step = stepOf(event);
  if (!engine || !step) return;
  event.preventDefault();
  if ('zoom' in step) {
    map.zoomBy(step.zoom);
    return;
  }
  map.free();
  engine.moveTo(pannedBy(engine.camera(), step), slideMs(150));
}

/** How long the camera is on its way: no time where motion is not wanted. */
export function slideMs(ms: number): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : ms;
}

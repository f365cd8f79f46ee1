/** What a key does to the map: pixels that it looks further, or levels of zoom. */
export type KeyStep = { readonly x: number; readonly y: number } | { readonly zoom: number };

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
export function stepOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): KeyStep | undefined {
  return ctrlKey || metaKey || altKey ? undefined : keySteps[key];
}

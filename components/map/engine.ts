import type { Camera, LatLng, Point } from './geo.ts';

/**
 * The ground under the people: draws what lies there and lets the person drag, pinch and turn the wheel.
 * It knows nothing of people. The element places markers over it through `project`.
 *
 * North is always up. Keys are the element's: an engine takes none.
 */
export interface MapEngine {
  /** `streets` draws tiles, `plain` an empty ground whose scale and distances still hold. */
  readonly kind: 'streets' | 'plain';
  /** What it looks at in this very frame, also in the middle of a move. */
  camera(): Camera;
  /** Goes there within `durationMs`; 0 is at once. A later call, or the person's hand, takes over. */
  moveTo(camera: Camera, durationMs: number): void;
  /** Where a place stands in this very frame. */
  project(at: LatLng): Point;
  /** Whether a road through a tunnel is drawn there; false where nothing tells. */
  isTunnel(at: LatLng): boolean;
  /** The container has another size. */
  resize(): void;
  setDark(dark: boolean): void;
  /** Frees everything; nothing is called afterwards. */
  close(): void;
}

export interface EngineOptions {
  /** Positioned, empty, of the size the map shall have. */
  readonly container: HTMLElement;
  readonly camera: Camera;
  readonly dark: boolean;
  /** The view changed: markers are to be placed anew. At most once a frame. */
  readonly onMove: () => void;
  /** The person took the ground in hand: following ends. */
  readonly onGrab: () => void;
  /** It cannot go on, as when WebGL is lost for good: the element takes the plain ground. */
  readonly onFailure: (reason: string) => void;
}

/** What the street engine needs beside that. */
export interface StreetOptions extends EngineOptions {
  /** A `.pmtiles` archive (with or without `pmtiles://`), a TileJSON document, or a `{z}/{x}/{y}` template; OpenMapTiles schema. */
  readonly tiles?: string;
  /** Nobody said where to look: start where the tiles are. */
  readonly findStart: boolean;
  /** A whole MapLibre style of the host's own, in place of ours. */
  readonly styleUrl?: string;
  /** Where `maplibre-gl-worker.mjs` is; by default beside the module that holds MapLibre. */
  readonly workerUrl?: string;
  /** Some tiles could not be had. Told once until one arrives. */
  readonly onTiles: (state: 'here' | 'missing') => void;
}

export const minZoom = 2;
export const maxZoom = 19;

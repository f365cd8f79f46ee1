import { type LatLng, shortWayDeg } from '../../sdk/index.ts';

export { bearingDeg, between, distanceM, type LatLng, moved } from '../../sdk/index.ts';

/** CSS pixels from the top left of the map. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the map looks at; `zoom` as MapLibre counts it: the world is `512 · 2^zoom` pixels wide. */
export interface Camera extends LatLng {
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Mean radius (IUGG). */
const earthRadiusM = 6_371_008.8;
const tileSizePx = 512;
/** Where Web Mercator makes the world a square. */
const maxMercatorLat = 85.051129;

/** Metres that one CSS pixel covers at the camera's centre. */
export function metresPerPixel(camera: Camera): number {
  const aroundM = 2 * Math.PI * earthRadiusM * Math.cos(radians(camera.lat));
  return aroundM / worldPx(camera.zoom);
}

/** Web Mercator: where a place stands on a map of this size that looks as the camera says, north up. */
export function project(camera: Camera, size: Size, at: LatLng): Point {
  const world = worldPx(camera.zoom);
  const dx = (shortWayDeg(at.lng - camera.lng) / 360) * world;
  const dy = (mercatorY(at.lat) - mercatorY(camera.lat)) * world;
  return { x: size.width / 2 + dx, y: size.height / 2 + dy };
}

/** The camera moved by pixels: positive `x` looks further east, positive `y` further south. */
export function pannedBy(camera: Camera, by: Point): Camera {
  const world = worldPx(camera.zoom);
  return {
    lng: shortWayDeg(camera.lng + (by.x / world) * 360),
    lat: latOfMercatorY(mercatorY(camera.lat) + by.y / world),
    zoom: camera.zoom,
  };
}

/** Zooms so that the place under `at` stays where it is. */
export function zoomedAround(camera: Camera, size: Size, zoom: number, at: Point): Camera {
  const fromCentre = { x: at.x - size.width / 2, y: at.y - size.height / 2 };
  const held = pannedBy(camera, fromCentre);
  return pannedBy({ ...held, zoom }, { x: -fromCentre.x, y: -fromCentre.y });
}

/** Space that other things cover, CSS pixels from each edge. */
export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Small maps keep a middle to put people in. */
export function fitting(wanted: Insets, { width, height }: Size): Insets {
  const across = Math.min(1, width / 320);
  const down = Math.min(1, height / 320);
  return {
    top: wanted.top * down,
    right: wanted.right * across,
    bottom: wanted.bottom * down,
    left: wanted.left * across,
  };
}

/** The closest view that shows every place within the free space; undefined when there is none to show. */
export function cameraOver(
  places: readonly LatLng[],
  size: Size,
  insets: Insets,
  maxZoom: number,
): Camera | undefined {
  const [first] = places;
  if (!first) return undefined;
  const xs = places.map((place) => shortWayDeg(place.lng - first.lng));
  const ys = places.map((place) => mercatorY(place.lat));
  const [west, east, north, south] = [min(xs), max(xs), min(ys), max(ys)];
  const freeWidth = Math.max(40, size.width - insets.left - insets.right);
  const freeHeight = Math.max(40, size.height - insets.top - insets.bottom);
  const scale = Math.min(
    freeWidth / Math.max((east - west) / 360, 1e-9),
    freeHeight / Math.max(south - north, 1e-9),
  );
  const zoom = Math.min(maxZoom, Math.max(0, Math.log2(scale / tileSizePx)));
  const middle: Camera = {
    lng: shortWayDeg(first.lng + (west + east) / 2),
    lat: latOfMercatorY((north + south) / 2),
    zoom,
  };
  return pannedBy(middle, {
    x: (insets.right - insets.left) / 2,
    y: (insets.bottom - insets.top) / 2,
  });
}

function worldPx(zoom: number): number {
  return tileSizePx * 2 ** zoom;
}

/** 0 at the north edge of the world, 1 at the south. */
function mercatorY(lat: number): number {
  const bounded = Math.max(-maxMercatorLat, Math.min(maxMercatorLat, lat));
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + radians(bounded) / 2)) / (2 * Math.PI);
}

function latOfMercatorY(y: number): number {
  const bounded = Math.max(0, Math.min(1, y));
  return degrees(2 * Math.atan(Math.exp((0.5 - bounded) * 2 * Math.PI)) - Math.PI / 2);
}

function min(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
}

function max(values: readonly number[]): number {
  return values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
}

function radians(deg: number): number {
  return (deg * Math.PI) / 180;
}

function degrees(rad: number): number {
  return (rad * 180) / Math.PI;
}

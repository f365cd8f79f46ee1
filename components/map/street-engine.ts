import {
  addProtocol,
  Map as MapLibre,
  type SourceSpecification,
  setWorkerUrl,
  VectorTileSource,
} from 'maplibre-gl';
import type { Protocol } from 'pmtiles';
import { type MapEngine, maxZoom, minZoom, type StreetOptions } from './engine.ts';
import type { Camera } from './geo.ts';
import { keptArchive, tileShelf } from './kept-tiles.ts';
import { streetSource, streetStyle } from './street-style.ts';

/** A ground of streets, drawn by MapLibre. Rejects where this browser cannot (no WebGL, no worker). */
export async function createStreetEngine(options: StreetOptions): Promise<MapEngine> {
  const { container, onMove, onGrab, onFailure, onTiles } = options;
  if (options.workerUrl) setWorkerUrl(new URL(options.workerUrl, document.baseURI).href);
  const source = options.styleUrl ? undefined : await sourceOf(options.tiles ?? '');
  const styleOf = (dark: boolean) =>
    source ? streetStyle(source, dark) : absolute(options.styleUrl ?? '');
  let isDark = options.dark;
  let tilesState: 'here' | 'missing' = 'here';
  const tell = (state: 'here' | 'missing'): void => {
    if (state === tilesState) return;
    tilesState = state;
    onTiles(state);
  };

  const map = new MapLibre({
    container,
    style: styleOf(isDark),
    center: [options.camera.lng, options.camera.lat],
    zoom: options.camera.zoom,
    minZoom,
    maxZoom,
    // Attribution, keys and labels are the element's own: they must be there on the plain ground too.
    attributionControl: false,
    keyboard: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 120,
    // Tiles seen along the way stay for the dead spot.
    maxTileCacheSize: 600,
    refreshExpiredTiles: false,
  });
  map.touchZoomRotate.disableRotation();
  const canvas = map.getCanvas();
  canvas.tabIndex = -1;
  canvas.setAttribute('aria-hidden', 'true');
  canvas.removeAttribute('role');
  canvas.removeAttribute('aria-label');

  map.on('move', onMove);
  for (const name of ['dragstart', 'wheel', 'dblclick'] as const) map.on(name, onGrab);
  map.on('touchstart', (event) => {
    if (event.originalEvent.touches.length > 1) onGrab();
  });
  map.on('webglcontextlost', () => onFailure('The browser took the graphics memory back.'));
  // A listener keeps MapLibre from writing to the console.
  map.on('error', () => tell('missing'));
  map.on('sourcedata', (event) => {
    if (event.tile && event.dataType === 'source') tell('here');
  });

  try {
    await loaded(map);
  } catch (problem) {
    map.remove();
    throw problem;
  }
  const drawn = map.getSource(streetSource);
  if (options.findStart && drawn instanceof VectorTileSource && drawn.bounds) {
    // Inside the tiles rather than around them: their edge is no place to start at.
    map.fitBounds(drawn.bounds, { duration: 0 });
    map.jumpTo({ zoom: map.getZoom() + 1 });
  }

  return {
    kind: 'streets',
    camera() {
      const { lat, lng } = map.getCenter();
      return { lat, lng, zoom: map.getZoom() };
    },
    moveTo(camera: Camera, durationMs) {
      const view = { center: [camera.lng, camera.lat] as [number, number], zoom: camera.zoom };
      if (durationMs <= 0) map.jumpTo(view);
      else map.easeTo({ ...view, duration: durationMs, essential: true });
    },
    project: ({ lat, lng }) => map.project([lng, lat]),
    isTunnel(at) {
      const { x, y } = map.project([at.lng, at.lat]);
      const layers = tunnelLayers.filter((layer) => map.getLayer(layer));
      const near = [
        [x - tunnelPx, y - tunnelPx],
        [x + tunnelPx, y + tunnelPx],
      ] as [[number, number], [number, number]];
      return layers.length > 0 && map.queryRenderedFeatures(near, { layers }).length > 0;
    },
    resize: () => map.resize(),
    setDark(dark) {
      if (dark === isDark) return;
      isDark = dark;
      if (source) map.setStyle(styleOf(dark));
    },
    close: () => map.remove(),
  };
}

/** Of our own style; one of the host's may have none. */
const tunnelLayers = ['tunnel-small', 'tunnel-middle', 'tunnel-big'];
/** A last fix is beside its road. */
const tunnelPx = 14;

/** Rejects when the style or its source cannot be read; a single missing tile is not that. */
function loaded(map: MapLibre): Promise<void> {
  return new Promise((resolve, reject) => {
    map.once('load', () => resolve());
    map.on('error', (event) => {
      if (!('tile' in event)) reject(event.error);
    });
  });
}

/** How MapLibre is to read the tiles an attribute names. */
async function sourceOf(tiles: string): Promise<SourceSpecification> {
  const path = tiles.replace(/^pmtiles:\/\//, '');
  if (path !== tiles || /\.pmtiles([?#]|$)/.test(path)) {
    const address = absolute(path);
    await openArchive(address);
    return { type: 'vector', url: `pmtiles://${address}` };
  }
  if (tiles.includes('{z}')) {
    // URL would escape the braces that MapLibre fills in.
    const base = absolute('/').slice(0, -1);
    return { type: 'vector', tiles: [tiles.startsWith('/') ? base + tiles : tiles], maxzoom: 14 };
  }
  return { type: 'vector', url: absolute(tiles) };
}

let protocol: Protocol | undefined;

/** Teaches MapLibre to read PMTiles archives, once for the page, and has this one keep what it reads. */
async function openArchive(address: string): Promise<void> {
  const { FetchSource, PMTiles, Protocol } = await import('pmtiles');
  if (!protocol) {
    protocol = new Protocol();
    addProtocol('pmtiles', protocol.tile);
  }
  if (protocol.get(address)) return;
  protocol.add(new PMTiles(keptArchive(new FetchSource(address), tileShelf())));
}

function absolute(address: string): string {
  return new URL(address, document.baseURI).href;
}

import type {
  ExpressionSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from 'maplibre-gl';

interface Palette {
  readonly land: string;
  readonly water: string;
  readonly green: string;
  readonly built: string;
  readonly road: string;
  readonly mainRoad: string;
  readonly casing: string;
  readonly tunnel: string;
  readonly path: string;
  readonly border: string;
  readonly label: string;
  readonly waterLabel: string;
}

/** People are the only saturated colour: the ground stays within a few steps of grey. */
const light: Palette = {
  land: '#f0f1ef',
  water: '#cfdce4',
  green: '#e3eadf',
  built: '#e4e5e3',
  road: '#ffffff',
  mainRoad: '#ffffff',
  casing: '#d9dcda',
  tunnel: '#c6cbcb',
  path: '#dcdfdc',
  border: '#b9bfc2',
  label: '#6a747b',
  waterLabel: '#7d97a6',
};

const dark: Palette = {
  land: '#171b1f',
  water: '#0f1a22',
  green: '#19211c',
  built: '#1e2328',
  road: '#2b3137',
  mainRoad: '#363d45',
  casing: '#13171a',
  tunnel: '#3c454d',
  path: '#252b30',
  border: '#3b434a',
  label: '#8b969e',
  waterLabel: '#4d6677',
};

/** The id of the one source in our style. */
export const streetSource = 'streets';
const source: string = streetSource;
const font = ['system-ui', 'sans-serif'];
const name: ExpressionSpecification = ['coalesce', ['get', 'name:latin'], ['get', 'name']];

/** A quiet style of our own for tiles in the OpenMapTiles schema. Names no glyphs: MapLibre draws letters itself. */
export function streetStyle(tiles: SourceSpecification, isDark: boolean): StyleSpecification {
  const colours = isDark ? dark : light;
  return {
    version: 8,
    sources: { [source]: tiles },
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': colours.land } },
      ...ground(colours),
      ...roads(colours),
      ...labels(colours),
    ],
  };
}

function ground(colours: Palette): LayerSpecification[] {
  return [
    fill('landcover', 'landcover', colours.green, ['in', 'class', 'grass', 'wood']),
    fill('park', 'park', colours.green),
    fill('green-land', 'landuse', colours.green, ['in', 'class', 'cemetery', 'pitch', 'stadium']),
    fill('water', 'water', colours.water, ['!=', 'brunnel', 'tunnel']),
    {
      id: 'waterway',
      type: 'line',
      source,
      'source-layer': 'waterway',
      paint: { 'line-color': colours.water, 'line-width': widths(1, 3) },
    },
    { ...fill('building', 'building', colours.built), minzoom: 13 },
    {
      id: 'border',
      type: 'line',
      source,
      'source-layer': 'boundary',
      filter: ['<=', ['get', 'admin_level'], 4],
      paint: { 'line-color': colours.border, 'line-width': 1, 'line-dasharray': [4, 3] },
    },
  ];
}

const small = ['minor', 'service', 'track', 'busway'];
const middle = ['tertiary', 'secondary'];
const big = ['primary', 'trunk', 'motorway'];

function roads(colours: Palette): LayerSpecification[] {
  const tunnel = (classes: string[], id: string, width: ExpressionSpecification) =>
    line(id, classes, true, colours.tunnel, width, { 'line-dasharray': [1.6, 1.2] });
  const open = (classes: string[], id: string, colour: string, width: ExpressionSpecification) =>
    line(id, classes, false, colour, width);
  return [
    tunnel(small, 'tunnel-small', widths(0.6, 3)),
    tunnel(middle, 'tunnel-middle', widths(0.8, 4)),
    tunnel(big, 'tunnel-big', widths(1, 5)),
    { ...open(['path', 'pedestrian'], 'path', colours.path, widths(0.5, 2)), minzoom: 14 },
    { ...open(small, 'small-casing', colours.casing, widths(0.4, 8)), minzoom: 14 },
    open(middle, 'middle-casing', colours.casing, widths(1.2, 13)),
    open(big, 'big-casing', colours.casing, widths(1.8, 16)),
    { ...open(small, 'small', colours.road, widths(0.3, 6.4)), minzoom: 12.5 },
    open(middle, 'middle', colours.mainRoad, widths(0.8, 11)),
    open(big, 'big', colours.mainRoad, widths(1.2, 14)),
    {
      id: 'rail',
      type: 'line',
      source,
      'source-layer': 'transportation',
      filter: ['all', ['==', ['get', 'class'], 'rail'], ['!=', ['get', 'brunnel'], 'tunnel']],
      paint: { 'line-color': colours.border, 'line-width': widths(0.5, 2) },
    },
  ];
}

function labels(colours: Palette): LayerSpecification[] {
  const paint = (colour: string, halo: string) => ({
    'text-color': colour,
    'text-halo-color': halo,
    'text-halo-width': 1.4,
  });
  return [
    {
      id: 'street-names',
      type: 'symbol',
      source,
      'source-layer': 'transportation_name',
      minzoom: 14,
      filter: ['!', ['in', ['get', 'class'], ['literal', ['rail', 'transit', 'ferry']]]],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 320,
        'text-field': name,
        'text-font': font,
        'text-size': 11,
        'text-padding': 12,
      },
      paint: paint(colours.label, colours.land),
    },
    {
      id: 'water-names',
      type: 'symbol',
      source,
      'source-layer': 'water_name',
      layout: {
        'text-field': name,
        'text-font': font,
        'text-size': 12,
        'text-letter-spacing': 0.1,
      },
      paint: paint(colours.waterLabel, colours.water),
    },
    {
      id: 'places',
      type: 'symbol',
      source,
      'source-layer': 'place',
      filter: ['!', ['in', ['get', 'class'], ['literal', ['country', 'continent']]]],
      layout: {
        'text-field': name,
        'text-font': font,
        'text-size': ['interpolate', ['linear'], ['zoom'], 9, 11, 15, 14],
        'text-letter-spacing': 0.04,
        'text-padding': 16,
        'text-max-width': 8,
      },
      paint: paint(colours.label, colours.land),
    },
  ];
}

function fill(
  id: string,
  layer: string,
  colour: string,
  filter?: ['in', string, ...string[]] | ['!=', string, string],
): LayerSpecification {
  return {
    id,
    type: 'fill',
    source,
    'source-layer': layer,
    ...(filter ? { filter } : {}),
    paint: { 'fill-color': colour },
  };
}

function line(
  id: string,
  classes: string[],
  inTunnel: boolean,
  colour: string,
  width: ExpressionSpecification,
  more: { 'line-dasharray'?: number[] } = {},
): LayerSpecification {
  const brunnel: ExpressionSpecification = [inTunnel ? '==' : '!=', ['get', 'brunnel'], 'tunnel'];
  return {
    id,
    type: 'line',
    source,
    'source-layer': 'transportation',
    filter: ['all', ['in', ['get', 'class'], ['literal', classes]], brunnel],
    layout: { 'line-cap': inTunnel ? 'butt' : 'round', 'line-join': 'round' },
    paint: { 'line-color': colour, 'line-width': width, ...more },
  };
}

/** Pixels wide at zoom 11 and at zoom 17. */
function widths(far: number, near: number): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.6], ['zoom'], 11, far, 17, near];
}

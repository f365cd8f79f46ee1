/** A drive along real streets, timed. */
export interface Route {
  readonly name: string;
  readonly durationS: number;
  /** In order of time; the first stands at 0. */
  readonly points: readonly RoutePoint[];
  /** Spans without coverage, in seconds from the start. */
  readonly tunnels: readonly Tunnel[];
}

export interface RoutePoint {
  readonly lat: number;
  readonly lng: number;
  readonly timeS: number;
}

export interface Tunnel {
  readonly fromS: number;
  readonly toS: number;
}

/** Reads the features of `drives.geojson`. @throws {TypeError} when the file has another shape */
export function readRoutes(geojson: unknown): readonly Route[] {
  const { features } = geojson as { features?: unknown };
  if (!Array.isArray(features)) throw new TypeError('drives.geojson has no list of features.');
  return features.map(readRoute);
}

function readRoute(feature: unknown): Route {
  const { properties, geometry } = feature as {
    properties: { name: string; durationS: number; timesS: number[]; tunnelsS: number[][] };
    geometry: { coordinates: number[][] };
  };
  const points = geometry.coordinates.map(([lng, lat], index) => {
    const timeS = properties.timesS[index];
    if (lng === undefined || lat === undefined || timeS === undefined) {
      throw new TypeError(`The drive “${properties.name}” has no place or time at point ${index}.`);
    }
    return { lat, lng, timeS };
  });
  const tunnels = properties.tunnelsS.map(([fromS = 0, toS = 0]) => ({ fromS, toS }));
  return { name: properties.name, durationS: properties.durationS, points, tunnels };
}

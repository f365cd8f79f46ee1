/** A place on Earth, degrees (WGS 84). */
export interface LatLng {
  readonly lat: number;
  readonly lng: number;
}

/** Mean radius (IUGG). */
const earthRadiusM = 6_371_008.8;

/** Degrees brought into [-180, 180): the short way round. */
export function shortWayDeg(deg: number): number {
  return ((((deg + 180) % 360) + 360) % 360) - 180;
}

/** Great-circle distance in metres (haversine). */
export function distanceM(from: LatLng, to: LatLng): number {
  const halfLat = radians(to.lat - from.lat) / 2;
  const halfLng = radians(to.lng - from.lng) / 2;
  const chord =
    Math.sin(halfLat) ** 2 +
    Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.sin(halfLng) ** 2;
  return 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Course at the start of the great circle, degrees clockwise from north, [0, 360). */
export function bearingDeg(from: LatLng, to: LatLng): number {
  const lng = radians(to.lng - from.lng);
  const y = Math.sin(lng) * Math.cos(radians(to.lat));
  const x =
    Math.cos(radians(from.lat)) * Math.sin(radians(to.lat)) -
    Math.sin(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.cos(lng);
  return (degrees(Math.atan2(y, x)) + 360) % 360;
}

/** Where one arrives after `metres` along a course: flat-Earth, right to a centimetre over a few hundred metres. */
export function moved(from: LatLng, courseDeg: number, metres: number): LatLng {
  const course = radians(courseDeg);
  return offsetBy(from, metres * Math.sin(course), metres * Math.cos(course));
}

/** The point `part` (0 … 1) of the way, the short way over the date line. */
export function between(from: LatLng, to: LatLng, part: number): LatLng {
  return {
    lat: from.lat + (to.lat - from.lat) * part,
    lng: shortWayDeg(from.lng + shortWayDeg(to.lng - from.lng) * part),
  };
}

/** A place so many metres east and north of another, on the plane that touches the Earth there. */
export function offsetBy(from: LatLng, eastM: number, northM: number): LatLng {
  const lat = Math.min(90, Math.max(-90, from.lat + degrees(northM / earthRadiusM)));
  const lng = from.lng + degrees(eastM / (earthRadiusM * cosLat(from.lat)));
  return { lat, lng: shortWayDeg(lng) };
}

/** The other way round: metres east and north of `origin`. */
export function offsetFrom(
  origin: LatLng,
  to: LatLng,
): { readonly eastM: number; readonly northM: number } {
  return {
    eastM: radians(shortWayDeg(to.lng - origin.lng)) * earthRadiusM * cosLat(origin.lat),
    northM: radians(to.lat - origin.lat) * earthRadiusM,
  };
}

function radians(deg: number): number {
  return (deg * Math.PI) / 180;
}

function degrees(rad: number): number {
  return (rad * 180) / Math.PI;
}

/** At a pole every step of longitude is none: a hair beside it keeps figures finite. */
function cosLat(lat: number): number {
  return Math.max(1e-6, Math.cos(radians(lat)));
}

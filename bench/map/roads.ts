import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LatLng, moved } from '../../sdk/positions/earth.ts';
import { type Track, trackFromDrive, trackFromGpx } from '../../sdk/positions/tracks.ts';

const drivesFile = new URL('../../playground/assets/drives.geojson', import.meta.url);

/** The four drives through Monaco, with their tunnels. */
export function cityDrives(): readonly Track[] {
  const { features } = JSON.parse(readFileSync(drivesFile, 'utf8')) as { features: unknown[] };
  return features.map(trackFromDrive);
}

/** Recorded tracks of a folder: every `.gpx` in it, in the order of their names. */
export function recordedTracks(folder: string): readonly Track[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.gpx'))
    .sort()
    .map((name) => trackFromGpx(readFileSync(join(folder, name), 'utf8'), name));
}

/**
 * A drive that nobody ever made: stretches and bends, town and highway, red lights, now and then a tunnel; ten minutes.
 * Speeds change at 1.5 m/s² at most and bends are taken at 2.5 m/s² of lateral acceleration at most.
 */
export function randomDrive(name: string, random: () => number): Track {
  const points: { lat: number; lng: number; atMs: number }[] = [];
  const outages: { fromMs: number; toMs: number }[] = [];
  const stepS = 0.5;
  let place: LatLng = { lat: 40 + random() * 15, lng: random() * 20 };
  let course = random() * 360;
  let speedMps = 0;
  let timeS = 0;
  let turnDegPerS = 0;
  let wantedMps = 0;
  let legEndsS = 0;
  const isHighway = random() < 0.3;
  while (timeS < 600) {
    if (timeS >= legEndsS) {
      const kind = random();
      legEndsS = timeS + 4 + random() * (isHighway ? 40 : 14);
      turnDegPerS = 0;
      if (kind < 0.1) {
        wantedMps = 0;
        legEndsS = timeS + 10 + random() * 35;
      } else {
        wantedMps = isHighway ? 20 + random() * 16 : 6 + random() * 11;
        if (kind > 0.5) {
          const lateral = 0.5 + random() * 2;
          const mps = Math.max(4, Math.min(wantedMps, isHighway ? 36 : 9));
          turnDegPerS = ((random() < 0.5 ? -1 : 1) * (lateral / mps) * 180) / Math.PI;
          if (!isHighway) wantedMps = mps;
          legEndsS = timeS + Math.min(20, (30 + random() * 70) / Math.abs(turnDegPerS));
        }
      }
      if (kind > 0.95 && speedMps > 5) {
        outages.push({ fromMs: timeS * 1000, toMs: (timeS + 8 + random() * 35) * 1000 });
      }
    }
    points.push({ ...place, atMs: timeS * 1000 });
    const change = Math.max(-1.5, Math.min(1.5, wantedMps - speedMps)) * stepS;
    speedMps = Math.max(0, speedMps + change);
    if (speedMps > 1) course = (course + turnDegPerS * stepS + 360) % 360;
    place = moved(place, course, speedMps * stepS);
    timeS += stepS;
  }
  return { name, points, outages };
}

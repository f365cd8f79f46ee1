import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { distanceM, moved } from './earth.ts';
import { addFix, drawnAt, type Glide, type GlideFix, newGlide, reckoned } from './glide.ts';

const start = { lat: 43.7384, lng: 7.4246 };

/** A car going east at 10 m/s, one fix a second. */
function fixAt(second: number, north = 0): GlideFix {
  const east = moved(start, 90, second * 10);
  return { ...moved(east, 0, north), atMs: second * 1000, headingDeg: 90, speedMps: 10 };
}

function drive(seconds: number): Glide {
  let glide = newGlide;
  for (let second = 0; second <= seconds; second++) {
    glide = addFix(glide, fixAt(second), second * 1000);
  }
  return glide;
}

function isNear(metres: number | undefined, expected: number, within = 0.1): void {
  ok(Math.abs((metres ?? Number.NaN) - expected) <= within, `${metres} is not ${expected}`);
}

describe('gliding between fixes', () => {
  it('draws nobody before the first fix', () => {
    equal(drawnAt(newGlide, 5000), undefined);
  });

  it('draws who is on a course where they are by now, not where they were last told to be', () => {
    const drawn = drawnAt(drive(10), 10_500);
    isNear(drawn && distanceM(start, drawn), 105);
    equal(drawn?.headingDeg, 90);
  });

  it('draws the past half way between two fixes in the middle of their times', () => {
    const drawn = drawnAt(drive(10), 8_500);
    isNear(drawn && distanceM(start, drawn), 85);
  });

  it('moves at an even speed while fixes come in time', () => {
    let glide = newGlide;
    const metres: number[] = [];
    for (let atMs = 0; atMs <= 8000; atMs += 100) {
      if (atMs % 1000 === 0) glide = addFix(glide, fixAt(atMs / 1000), atMs + 180);
      const drawn = drawnAt(glide, atMs);
      if (atMs > 2000 && drawn) metres.push(distanceM(start, drawn));
    }
    const steps = metres.slice(1).map((value, index) => value - (metres[index] ?? 0));
    isNear(Math.min(...steps), 1, 0.01);
    isNear(Math.max(...steps), 1, 0.01);
  });

  it('keeps the last course at the last speed for twelve seconds', () => {
    const drawn = drawnAt(drive(10), 21_900);
    isNear(drawn && distanceM(start, drawn), 219);
    equal(drawn?.moving, true);
  });

  it('slows to a stop instead of driving through the tunnel by itself', () => {
    const glide = drive(10);
    const later = drawnAt(glide, 40_000);
    isNear(later && distanceM(start, later), 240);
    equal(later?.moving, false);
    deepEqual(drawnAt(glide, 300_000), later);
  });

  it('reckons on by one fix as it draws on by the last of many, so that who reports knows what is drawn', () => {
    deepEqual(reckoned(fixAt(10), 17_300), drawnAt(drive(10), 17_300));
  });

  it('works a correction in: no jump when the fix comes, on the way a second after', () => {
    const before = drive(10);
    const nowMs = 14_500;
    const drawnBefore = drawnAt(before, nowMs);
    const after = addFix(before, fixAt(14, 20), nowMs);
    const drawnAfter = drawnAt(after, nowMs);
    ok(drawnBefore && drawnAfter && distanceM(drawnBefore, drawnAfter) < 0.01);
    deepEqual(drawnAt(after, nowMs + 900), drawnAt({ ...after, error: null }, nowMs + 900));
  });

  it('never moves further in a frame than the correction asks for', () => {
    let glide = drive(10);
    glide = addFix(glide, fixAt(14, 30), 14_500);
    let last = drawnAt(glide, 14_500);
    for (let nowMs = 14_516; nowMs < 17_000; nowMs += 16) {
      const drawn = drawnAt(glide, nowMs);
      ok(last && drawn && distanceM(last, drawn) < 2);
      last = drawn;
    }
  });

  it('takes longer over a large correction, as behind a tunnel', () => {
    const glide = addFix(drive(10), fixAt(60), 60_000);
    const drawn = drawnAt(glide, 61_000);
    ok(drawn && distanceM(drawn, fixAt(61)) > 100);
    deepEqual(drawnAt(glide, 62_500), drawnAt({ ...glide, error: null }, 62_500));
  });

  it('lets an older fix that arrives late change nothing', () => {
    const glide = drive(10);
    equal(addFix(glide, fixAt(9, 500), 10_200), glide);
  });

  it('takes a place in another town as a new start', () => {
    const far = { ...moved(start, 0, 9000), atMs: 11_000 };
    const glide = addFix(drive(10), far, 11_000);
    const drawn = drawnAt(glide, 11_000);
    ok(drawn && distanceM(far, drawn) < 0.01);
  });

  it('stands still where the speed is that of noise', () => {
    const glide = addFix(newGlide, { ...start, atMs: 0, headingDeg: 10, speedMps: 0.2 }, 0);
    deepEqual(drawnAt(glide, 5000), { ...start, headingDeg: 10, moving: false });
  });

  it('turns the short way round over north', () => {
    let glide = addFix(newGlide, { ...fixAt(0), headingDeg: 350 }, 0);
    glide = addFix(glide, { ...fixAt(1), headingDeg: 10 }, 1000);
    isNear(drawnAt(glide, 500)?.headingDeg ?? Number.NaN, 0, 1e-9);
  });

  it('crosses the date line the short way', () => {
    let glide = addFix(newGlide, { lat: 0, lng: 179.9999, atMs: 0 }, 0);
    glide = addFix(glide, { lat: 0, lng: -179.9999, atMs: 1000 }, 0);
    isNear(Math.abs(drawnAt(glide, 500)?.lng ?? 0), 180, 1e-6);
  });
});

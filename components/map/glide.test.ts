import { expect } from '@open-wc/testing';
import { distanceM, moved } from './geo.ts';
import { addFix, drawnAt, type Glide, type GlideFix, glideDelayMs, newGlide } from './glide.ts';

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

describe('gliding between fixes', () => {
  it('draws nobody before the first fix', () => {
    expect(drawnAt(newGlide, 5000)).to.equal(undefined);
  });

  it('draws half way between two fixes a second behind the middle of their times', () => {
    const drawn = drawnAt(drive(10), 8500 + glideDelayMs);
    expect(drawn && distanceM(start, drawn)).to.be.closeTo(85, 0.1);
    expect(drawn?.headingDeg).to.equal(90);
  });

  it('moves at an even speed while fixes come in time', () => {
    let glide = newGlide;
    const metres: number[] = [];
    for (let atMs = 0; atMs <= 8000; atMs += 100) {
      if (atMs % 1000 === 0) glide = addFix(glide, fixAt(atMs / 1000), atMs);
      const drawn = drawnAt(glide, atMs);
      if (atMs > 2000 && drawn) metres.push(distanceM(start, drawn));
    }
    const steps = metres.slice(1).map((value, index) => value - (metres[index] ?? 0));
    expect(Math.min(...steps)).to.be.closeTo(1, 0.01);
    expect(Math.max(...steps)).to.be.closeTo(1, 0.01);
  });

  it('keeps the last course at the last speed when no fix comes', () => {
    const drawn = drawnAt(drive(10), 10_000 + glideDelayMs + 2000);
    expect(drawn && distanceM(start, drawn)).to.be.closeTo(120, 0.1);
    expect(drawn?.moving).to.equal(true);
  });

  it('slows to a stop instead of driving through the tunnel by itself', () => {
    const glide = drive(10);
    const later = drawnAt(glide, 30_000);
    const muchLater = drawnAt(glide, 300_000);
    expect(later && distanceM(start, later)).to.be.closeTo(145, 0.1);
    expect(later?.moving).to.equal(false);
    expect(muchLater).to.deep.equal(later);
  });

  it('eases a correction: no jump at the moment the fix comes, on the way shortly after', () => {
    const before = drive(10);
    const nowMs = 14_500;
    const drawnBefore = drawnAt(before, nowMs);
    const after = addFix(before, fixAt(14, 30), nowMs);
    const drawnAfter = drawnAt(after, nowMs);

    expect(drawnBefore && drawnAfter && distanceM(drawnBefore, drawnAfter)).to.be.lessThan(0.01);
    const settled = drawnAt(after, nowMs + 800);
    const uncorrected = drawnAt({ ...after, error: null }, nowMs + 800);
    expect(settled).to.deep.equal(uncorrected);
  });

  it('never moves further in a frame than the correction asks for', () => {
    let glide = drive(10);
    glide = addFix(glide, fixAt(14, 30), 14_500);
    let last = drawnAt(glide, 14_500);
    for (let nowMs = 14_516; nowMs < 16_000; nowMs += 16) {
      const drawn = drawnAt(glide, nowMs);
      if (last && drawn) expect(distanceM(last, drawn)).to.be.lessThan(2);
      last = drawn;
    }
  });

  it('lets an older fix that arrives late change nothing', () => {
    const glide = drive(10);
    expect(addFix(glide, fixAt(9, 500), 10_200)).to.equal(glide);
  });

  it('takes a place in another town as a new start', () => {
    const far = { ...moved(start, 0, 9000), atMs: 11_000 };
    const glide = addFix(drive(10), far, 11_000);
    const drawn = drawnAt(glide, 11_000);
    expect(drawn && distanceM(far, drawn)).to.be.lessThan(0.01);
  });

  it('stands still where the speed is that of noise', () => {
    const glide = addFix(newGlide, { ...start, atMs: 0, headingDeg: 10, speedMps: 0.2 }, 0);
    expect(drawnAt(glide, 5000)).to.deep.equal({ ...start, headingDeg: 10, moving: false });
  });

  it('turns the short way round over north', () => {
    let glide = addFix(newGlide, { ...fixAt(0), headingDeg: 350 }, 0);
    glide = addFix(glide, { ...fixAt(1), headingDeg: 10 }, 1000);
    expect(drawnAt(glide, 500 + glideDelayMs)?.headingDeg).to.be.closeTo(0, 1e-9);
  });

  it('crosses the date line the short way', () => {
    let glide = addFix(newGlide, { lat: 0, lng: 179.9999, atMs: 0 }, 0);
    glide = addFix(glide, { lat: 0, lng: -179.9999, atMs: 1000 }, 1000);
    const drawn = drawnAt(glide, 500 + glideDelayMs);
    expect(Math.abs(drawn?.lng ?? 0)).to.be.closeTo(180, 1e-6);
  });
});

import { expect } from '@open-wc/testing';
import {
  bearingDeg,
  cameraOver,
  distanceM,
  metresPerPixel,
  moved,
  pannedBy,
  project,
  zoomedAround,
} from './geo.ts';

const monaco = { lat: 43.7384, lng: 7.4246 };
const size = { width: 400, height: 300 };
const camera = { ...monaco, zoom: 14 };
const insets = { top: 40, right: 40, bottom: 40, left: 40 };

describe('map arithmetic', () => {
  it('measures Monaco to Nice airport as 18 km to the south-west', () => {
    const airport = { lat: 43.6584, lng: 7.2159 };
    expect(distanceM(monaco, airport)).to.be.closeTo(18_990, 300);
    expect(bearingDeg(monaco, airport)).to.be.closeTo(242, 2);
  });

  it('puts the centre of the camera in the middle of the map', () => {
    expect(project(camera, size, monaco)).to.deep.equal({ x: 200, y: 150 });
  });

  it('puts what lies 100 m north as many pixels up as its scale says', () => {
    const { x, y } = project(camera, size, moved(monaco, 0, 100));
    expect(x).to.be.closeTo(200, 1e-6);
    expect(150 - y).to.be.closeTo(100 / metresPerPixel(camera), 0.02);
  });

  it('pans so that what was under the hand stays under it', () => {
    const held = moved(monaco, 45, 500);
    const before = project(camera, size, held);
    const after = project(pannedBy(camera, { x: 30, y: -20 }), size, held);
    expect(after.x).to.be.closeTo(before.x - 30, 1e-6);
    expect(after.y).to.be.closeTo(before.y + 20, 1e-6);
  });

  it('zooms around the place under the pointer', () => {
    const held = moved(monaco, 200, 700);
    const at = project(camera, size, held);
    const after = project(zoomedAround(camera, size, 16.5, at), size, held);
    expect(after.x).to.be.closeTo(at.x, 1e-6);
    expect(after.y).to.be.closeTo(at.y, 1e-6);
  });

  it('fits people within the free space, as close as it can', () => {
    const people = [monaco, moved(monaco, 90, 900), moved(monaco, 180, 300)];
    const over = cameraOver(people, size, insets, 18);
    const points = people.map((person) => over && project(over, size, person));
    const xs = points.map((point) => point?.x ?? -1);
    expect(Math.min(...xs)).to.be.closeTo(40, 0.01);
    expect(Math.max(...xs)).to.be.closeTo(360, 0.01);
  });

  it('goes no closer than it may for a single person, and nowhere for nobody', () => {
    expect(cameraOver([monaco], size, insets, 16)?.zoom).to.equal(16);
    expect(cameraOver([], size, insets, 16)).to.equal(undefined);
  });
});

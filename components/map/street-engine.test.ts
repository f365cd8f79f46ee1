import { expect } from '@open-wc/testing';
import type { StreetOptions } from './engine.ts';
import { moved } from './geo.ts';
import { createStreetEngine } from './street-engine.ts';

const camera = { lat: 43.7384, lng: 7.4246, zoom: 14 };

/** Nothing but a ground: the whole of MapLibre without a tile. */
const bareStyle = `data:application/json,${encodeURIComponent(
  JSON.stringify({ version: 8, sources: {}, layers: [{ id: 'land', type: 'background' }] }),
)}`;

describe('the ground of streets', () => {
  let container: HTMLElement;

  const options = (patch: Partial<StreetOptions>): StreetOptions => ({
    container,
    camera,
    dark: false,
    findStart: false,
    onMove() {},
    onGrab() {},
    onFailure() {},
    onTiles() {},
    ...patch,
  });
  const rejection = (promise: Promise<unknown>): Promise<boolean> =>
    promise.then(
      () => false,
      () => true,
    );

  before(function () {
    // The map asks the same and shows its plain ground then.
    if (!document.createElement('canvas').getContext('webgl2')) this.skip();
  });
  beforeEach(() => {
    container = document.createElement('div');
    container.style.cssText = 'position: relative; width: 400px; height: 300px';
    document.body.append(container);
  });
  afterEach(() => container.remove());

  it('looks where it is told and says where places stand, as our own arithmetic does', async () => {
    const engine = await createStreetEngine(options({ styleUrl: bareStyle }));
    const middle = engine.project(camera);
    expect([Math.round(middle.x), Math.round(middle.y)]).to.deep.equal([200, 150]);
    engine.moveTo({ ...moved(camera, 90, 400), zoom: 15 }, 0);
    expect(engine.camera().zoom).to.equal(15);
    expect(engine.project(camera).x).to.be.lessThan(100);
    engine.close();
  });

  it('takes our style as MapLibre understands it, light and dark', async () => {
    const tiles = 'data:application/octet-stream,#{z}/{x}/{y}';
    for (const dark of [false, true]) {
      const engine = await createStreetEngine(options({ tiles, dark }));
      expect(container.querySelector('canvas')).not.to.equal(null);
      engine.setDark(!dark);
      engine.close();
    }
  });

  it('tells every move, so that markers can follow', async () => {
    let moves = 0;
    const onMove = (): void => {
      moves += 1;
    };
    const engine = await createStreetEngine(options({ styleUrl: bareStyle, onMove }));
    engine.moveTo({ ...camera, zoom: 12 }, 0);
    expect(moves).to.be.greaterThan(0);
    engine.close();
  });

  it('rejects, and leaves nothing behind, when the archive cannot be had', async () => {
    expect(await rejection(createStreetEngine(options({ tiles: '/nowhere.pmtiles' })))).to.equal(
      true,
    );
    expect(container.querySelector('canvas')).to.equal(null);
  });

  it('rejects when there is no such tile document', async () => {
    expect(await rejection(createStreetEngine(options({ tiles: '/nowhere.json' })))).to.equal(true);
  });
});

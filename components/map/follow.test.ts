import { expect } from '@open-wc/testing';
import { type FollowScene, followMove } from './follow.ts';
import { cameraOver, moved } from './geo.ts';

const me = { lat: 43.7384, lng: 7.4246 };
const size = { width: 400, height: 400 };
const insets = { top: 40, right: 40, bottom: 40, left: 40 };
const everybody = [me, moved(me, 90, 800), moved(me, 0, 500)];

function scene(patch: Partial<FollowScene> = {}): FollowScene {
  const camera = cameraOver(everybody, size, insets, 16) ?? { ...me, zoom: 14 };
  return { camera, size, insets, me, everybody, fresh: false, ...patch };
}

describe('following', () => {
  it('leaves a free camera alone', () => {
    expect(followMove('free', scene({ fresh: true }))).to.equal(undefined);
  });

  it('goes to me, close enough to read the streets, when asked to', () => {
    const move = followMove('me', scene({ camera: { ...me, zoom: 11 }, fresh: true }));
    expect(move?.camera).to.deep.equal({ ...me, zoom: 15.5 });
    expect(move?.durationMs).to.be.greaterThan(0);
  });

  it('keeps me in the middle without sliding, at the zoom I chose', () => {
    const camera = { ...moved(me, 90, 20), zoom: 13.2 };
    expect(followMove('me', scene({ camera }))).to.deep.equal({
      camera: { ...me, zoom: 13.2 },
      durationMs: 0,
    });
  });

  it('stays when I am not on the map', () => {
    expect(followMove('me', scene({ me: undefined, fresh: true }))).to.equal(undefined);
  });

  it('holds the view of a group that fits', () => {
    expect(followMove('group', scene())).to.equal(undefined);
  });

  it('widens the view when somebody drives out of it', () => {
    const spread = [...everybody, moved(me, 180, 4000)];
    const move = followMove('group', scene({ everybody: spread }));
    expect(move?.camera.zoom).to.be.lessThan(scene().camera.zoom);
  });

  it('closes in when the group has come together', () => {
    const move = followMove('group', scene({ everybody: [me, moved(me, 10, 60)] }));
    expect(move?.camera.zoom).to.equal(16);
  });
});

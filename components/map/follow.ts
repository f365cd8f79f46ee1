import {
  type Camera,
  cameraOver,
  distanceM,
  type Insets,
  type LatLng,
  metresPerPixel,
  type Size,
} from './geo.ts';

/** Whom the camera keeps in view; `free`: it stays where the person put it. */
export type Follow = 'me' | 'group' | 'free';

export interface FollowScene {
  readonly camera: Camera;
  readonly size: Size;
  readonly insets: Insets;
  /** Where I am drawn; undefined while I am not on the map. */
  readonly me: LatLng | undefined;
  /** Where everybody is drawn who is not lost. */
  readonly everybody: readonly LatLng[];
  /** The mode was just chosen: go there, also when nothing has to change. */
  readonly fresh: boolean;
}

export interface CameraMove {
  readonly camera: Camera;
  readonly durationMs: number;
}

/** Streets can be read and a block ahead is seen. */
const drivingZoom = 15.5;
/** A group that stands together is not looked at from a metre. */
export const groupMaxZoom = 16;
const slideMs = 600;
/** The group's view is changed only for a change that can be seen. */
const zoomStep = 0.7;
const driftPx = 60;

/** What the camera has to do in this frame to keep following; undefined: nothing. */
export function followMove(mode: Follow, scene: FollowScene): CameraMove | undefined {
  if (mode === 'me') return scene.me && followMe(scene.me, scene);
  if (mode === 'group') return followGroup(scene);
  return undefined;
}

function followMe(me: LatLng, { camera, fresh }: FollowScene): CameraMove | undefined {
  const offPx = distanceM(camera, me) / metresPerPixel(camera);
  const zoom = fresh ? Math.max(camera.zoom, drivingZoom) : camera.zoom;
  if (!fresh && offPx < 0.4) return undefined;
  return {
    camera: { lat: me.lat, lng: me.lng, zoom },
    durationMs: fresh || offPx > 120 ? slideMs : 0,
  };
}

function followGroup({
  camera,
  size,
  insets,
  everybody,
  fresh,
}: FollowScene): CameraMove | undefined {
  const wanted = cameraOver(everybody, size, insets, groupMaxZoom);
  if (!wanted) return undefined;
  const offPx = distanceM(camera, wanted) / metresPerPixel(camera);
  const tooFar = camera.zoom > wanted.zoom + 0.02;
  const tooSmall = camera.zoom < wanted.zoom - zoomStep;
  if (!fresh && !tooSmall && !(tooFar && offPx > 4) && offPx < driftPx) return undefined;
  return { camera: wanted, durationMs: slideMs };
}

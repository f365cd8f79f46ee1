import '../../components/define/jamz-map.ts';
import type { JamzMap } from '../../components/map/jamz-map.ts';
import { FakeJamz } from '../../components/shared/testing/fake-jamz.ts';
import type { Member, MemberPosition } from '../../sdk/index.ts';
import { moved } from '../../sdk/positions/earth.ts';

/** What the bench asks of the page. */
export interface FramesBench {
  /** Opens a map with so many people who all move. */
  open(people: number, ground: 'plain' | 'streets'): Promise<void>;
  /** Lets it run. @returns the time between neighbouring frames, ms */
  frames(follow: 'free' | 'me' | 'group', forMs: number): Promise<number[]>;
}

/** Where no fix reaches further than the town. */
const middle = { lat: 43.7384, lng: 7.4246 };
const speedMps = 12;
const pushEveryMs = 100;

class RunningJamz extends FakeJamz {
  override serverNow(): number {
    return Date.now();
  }
}

const jamz = new RunningJamz();
const group = jamz.group('crowd');
let map: JamzMap | undefined;
let positions: MemberPosition[] = [];

function memberAt(index: number): Member {
  const memberId = index === 0 ? 'ana' : `m${index}`;
  const name = `Person ${index}`;
  return { ...group.members$.value[0], memberId, name, role: 'member' } as Member;
}

/** Each goes around a circle of their own. */
function positionOf({ memberId, name }: Member, index: number): MemberPosition {
  const atMs = Date.now();
  const radiusM = 60 + (index % 7) * 20;
  const turnDeg = ((atMs / 1000) * speedMps * 180) / (Math.PI * radiusM) + index * 47;
  const centre = moved(middle, (index * 137.5) % 360, 40 * Math.sqrt(index * 60));
  const at = moved(centre, turnDeg, radiusM);
  return {
    ...{ memberId, deviceId: `${memberId}-phone`, name, me: index === 0, mode: 'precise' },
    fix: { ...at, accuracyM: 8, headingDeg: (turnDeg + 90) % 360, speedMps, atMs },
  };
}

const bench: FramesBench = {
  async open(people, ground) {
    const members = Array.from({ length: people }, (_, index) => memberAt(index));
    group.members$.next(members);
    positions = members.map(positionOf);
    group.positions$.next(positions);
    let turn = 0;
    // Each is heard of once a second, some ten times in it, as a server tells of them.
    setInterval(() => {
      turn += 1;
      positions = positions.map((position, index) => {
        const member = members[index];
        const isDue = index % (1_000 / pushEveryMs) === turn % (1_000 / pushEveryMs);
        return member && isDue ? positionOf(member, index) : position;
      });
      group.positions$.next(positions);
    }, pushEveryMs);
    map = document.createElement('jamz-map');
    map.style.cssText = 'display: block; inline-size: 100%; block-size: 100vh';
    map.externalPositions = true;
    map.center = `${middle.lat},${middle.lng}`;
    map.zoom = 14;
    map.follow = 'free';
    if (ground === 'streets') {
      map.tiles = '/monaco.pmtiles';
      map.workerUrl = '/maplibre-gl-worker.mjs';
    }
    Object.assign(map, { group });
    document.body.append(map);
    const engine = ground === 'streets' ? '.grounds.streets' : '.scale';
    while (!map.shadowRoot?.querySelector(engine) || placed(map) < people) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  },
  async frames(follow, forMs) {
    if (map) map.follow = follow;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const gapsMs: number[] = [];
    const beganMs = performance.now();
    let lastMs = beganMs;
    while (lastMs - beganMs < forMs) {
      const nowMs = await new Promise<number>(requestAnimationFrame);
      gapsMs.push(nowMs - lastMs);
      lastMs = nowMs;
    }
    return gapsMs.slice(1);
  },
};

function placed(element: JamzMap): number {
  return element.shadowRoot?.querySelectorAll('.marker.placed').length ?? 0;
}

Object.assign(globalThis, { bench });

import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { distanceM, moved } from './earth.ts';
import { openPrivatePlaces, privatePlacesOf } from './private-places.ts';

const home = { lat: 43.7384, lng: 7.4246 };

describe('private places', () => {
  const deps = (userId = 'ana') => ({
    sealed: memoryKeyValue(),
    marks: memoryKeyValue(),
    userId,
    random: seededRandom(7),
  });

  it('[PS19] hide as far as was asked for on every side', async () => {
    const places = openPrivatePlaces(deps());
    await places.add({ ...home, radiusM: 500 });
    for (let course = 0; course < 360; course += 5) {
      equal(places.hides(moved(home, course, 490)), true);
      equal(places.hides(moved(home, course, 1_300)), false);
    }
  });

  it('[PS19] are not in the middle of what they hide, so that the edges of many trails do not tell them', async () => {
    const off: number[] = [];
    for (let seed = 0; seed < 40; seed++) {
      const places = openPrivatePlaces({ ...deps(), random: seededRandom(seed) });
      await places.add({ ...home, radiusM: 500 });
      // Where trails from all sides end.
      const edges = Array.from({ length: 72 }, (_, step) => {
        let metres = 2_000;
        while (!places.hides(moved(home, step * 5, metres))) metres -= 5;
        return moved(home, step * 5, metres);
      });
      const lats = edges.map(({ lat }) => lat);
      const lngs = edges.map(({ lng }) => lng);
      const middle = {
        lat: (Math.min(...lats) + Math.max(...lats)) / 2,
        lng: (Math.min(...lngs) + Math.max(...lngs)) / 2,
      };
      off.push(distanceM(middle, home));
    }
    off.sort((a, b) => a - b);
    ok((off[20] ?? 0) > 150, `Half are nearer than ${off[20]} m.`);
  });

  it('[PS19] are no smaller than a neighbourhood', async () => {
    const places = openPrivatePlaces(deps());
    equal((await places.add({ ...home, radiusM: 10 })).radiusM, 300);
  });

  it('[PS19] outlive the page, on this device, each person’s their own', async () => {
    const kept = deps();
    await openPrivatePlaces(kept).add({ ...home, name: 'Home' });
    const again = openPrivatePlaces(kept);
    equal(again.hides(home), undefined);
    await again.ready;
    equal(again.hides(home), true);
    deepEqual(
      again.places$.value?.map(({ name }) => name),
      ['Home'],
    );
    const other = openPrivatePlaces({ ...kept, userId: 'bo' });
    await other.ready;
    equal(other.hides(home), false);
    await again.remove(again.places$.value?.[0]?.id ?? '');
    equal(again.hides(home), false);
  });

  it('[PS19] that the device has lost hide everything, until their person says them again', async () => {
    const kept = deps();
    await openPrivatePlaces(kept).add(home);
    const after = openPrivatePlaces({ ...kept, sealed: memoryKeyValue() });
    await after.ready;
    deepEqual([after.hides(moved(home, 0, 90_000)), after.places$.value], [undefined, undefined]);
    await after.add(home);
    deepEqual([after.hides(home), after.hides(moved(home, 0, 90_000))], [true, false]);
  });

  it('[PS24] are looked at anew where another tab changed them, and none is lost to two tabs', async () => {
    const kept = deps();
    const [one, other] = [openPrivatePlaces(kept), openPrivatePlaces(kept)];
    await Promise.all([one.ready, other.ready]);
    const away = moved(home, 0, 90_000);
    await one.add(home);
    await other.add(away);
    await one.refresh();
    deepEqual([one.hides(home), one.hides(away)], [true, true]);
    const { version } = one;
    await one.refresh();
    equal(one.version, version);
  });

  it('are the same for all who ask', () => {
    const kept = deps();
    equal(privatePlacesOf(kept), privatePlacesOf(kept));
  });
});

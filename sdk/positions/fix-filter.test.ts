import { equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Fix } from '../protocol/wire.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { bearingDeg, distanceM, moved, offsetBy } from './earth.ts';
import { FixFilter } from './fix-filter.ts';

const start = { lat: 43.7384, lng: 7.4246 };

describe('the filter of fixes', () => {
  let filter: FixFilter;
  const at = (second: number, more: Partial<Fix> = {}): Fix => ({
    ...moved(start, 90, second * 10),
    accuracyM: 8,
    atMs: second * 1000,
    ...more,
  });
  const placed = (fix: Fix): Fix | undefined => {
    const filtered = filter.take(fix);
    return filtered.kind === 'fix' ? filtered.fix : undefined;
  };

  beforeEach(() => {
    filter = new FixFilter();
  });

  it('[PS20] drops what is further off than a map can use', () => {
    equal(placed(at(0, { accuracyM: 900 })), undefined);
    ok(placed(at(1)));
  });

  it('[PS20] drops a fix that no car could have reached, and goes on where it was', () => {
    for (let second = 0; second < 5; second++) placed(at(second, { speedMps: 10, headingDeg: 90 }));
    equal(placed({ ...at(5), ...moved(start, 0, 400) }), undefined);
    const next = placed(at(6, { speedMps: 10, headingDeg: 90 }));
    ok(next && distanceM(next, at(6)) < 2);
  });

  it('[PS20] believes fixes that go on contradicting all before', () => {
    for (let second = 0; second < 5; second++) placed(at(second));
    const elsewhere = moved(start, 0, 30_000);
    const taken = [5, 6, 7, 8, 9].map((second) => placed({ ...at(second), ...elsewhere }));
    equal(taken.filter(Boolean).length, 2);
    ok(distanceM(taken.at(-1) ?? start, elsewhere) < 1);
  });

  it('drops what is not newer', () => {
    placed(at(5));
    equal(placed(at(5)), undefined);
    equal(placed(at(4)), undefined);
  });

  it('learns course and speed where the device tells none', () => {
    let last: Fix | undefined;
    for (let second = 0; second < 20; second++) last = placed(at(second));
    ok(Math.abs((last?.speedMps ?? 0) - 10) < 0.5, `${last?.speedMps} m/s`);
    ok(Math.abs((last?.headingDeg ?? 0) - 90) < 2);
  });

  it('takes most of what is new in each fix out of it', () => {
    const random = seededRandom(5);
    let [raw, kept] = [0, 0];
    for (let second = 0; second < 300; second++) {
      const fix = at(second, { speedMps: 10, headingDeg: 90 });
      const noisy = { ...fix, ...offsetBy(fix, (random() - 0.5) * 24, (random() - 0.5) * 24) };
      const filtered = placed(noisy);
      if (!filtered || second < 20) continue;
      raw += distanceM(noisy, fix);
      kept += distanceM(filtered, fix);
    }
    ok(kept < raw / 2, `${kept} of ${raw}`);
  });

  it('keeps a phone that lies on a table where it is', () => {
    const random = seededRandom(6);
    let last: Fix | undefined;
    for (let second = 0; second < 120; second++) {
      const noisy = offsetBy(start, (random() - 0.5) * 20, (random() - 0.5) * 20);
      last = placed({ ...noisy, accuracyM: 10, speedMps: 0, atMs: second * 1000 });
    }
    ok(last && distanceM(last, start) < 3);
    ok((last?.speedMps ?? 9) < 0.2);
  });

  it('cuts no bend by what a receiver tells of its speed, which is that of the second before', () => {
    const turnDeg = 15;
    const onCircle = (step: number) => moved(start, step * turnDeg, 40);
    let worst = 0;
    for (let second = 0; second < 60; second++) {
      const [before, here] = [onCircle(second - 1), onCircle(second)];
      const told = { speedMps: distanceM(before, here), headingDeg: bearingDeg(before, here) };
      const filtered = placed({ ...here, ...told, accuracyM: 10, atMs: second * 1000 });
      worst = Math.max(worst, distanceM(filtered ?? start, here));
    }
    ok(worst < 1, `${worst} m off`);
  });

  it('begins anew after a tunnel', () => {
    for (let second = 0; second < 10; second++) placed(at(second));
    const out = placed({ ...at(60), ...moved(start, 45, 700) });
    ok(out && distanceM(out, moved(start, 45, 700)) < 0.01);
  });

  it('stays exact over a long way', () => {
    let last: Fix | undefined;
    for (let second = 0; second < 3_000; second++) {
      last = placed(at(second, { speedMps: 10, headingDeg: 90 }));
    }
    ok(last && distanceM(last, at(2_999)) < 3);
  });
});

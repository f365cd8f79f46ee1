import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { KeyValue } from '../store/key-value.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import { fixesPerPage, fixOfRow, type KeptFix, KeptFixes, maxKeptFixes } from './kept-fixes.ts';

describe('fixes that are kept', () => {
  let storage: KeyValue;
  let kept: KeptFixes;
  const at = (second: number, more: Partial<KeptFix> = {}): KeptFix => ({
    ...{ mode: 'precise', lat: 48, lng: 16, accuracyM: 5, headingDeg: 90, speedMps: 12 },
    ...{ atMs: second * 1_000, ...more },
  });
  /** All of them, as they would be sent. */
  const drained = async (from: KeptFixes): Promise<number[]> => {
    const seconds: number[] = [];
    for (let page = await from.newest(); page; page = await from.newest()) {
      ok(page.rows.length <= fixesPerPage);
      seconds.push(...page.rows.map(([atMs]) => atMs / 1_000));
      await page.drop();
    }
    return seconds;
  };

  beforeEach(() => {
    storage = memoryKeyValue();
    kept = new KeptFixes(storage, 'crew:ana');
  });

  it('[PS10] come out page by page, the newest page first', async () => {
    for (let second = 0; second < fixesPerPage + 10; second++) kept.add(at(second));
    const seconds = await drained(kept);
    equal(seconds.length, fixesPerPage + 10);
    equal(seconds[0], fixesPerPage);
    equal(seconds.at(-1), fixesPerPage - 1);
    deepEqual(await storage.keys(), []);
  });

  it('[PS10] are at least eight hours at one a second, and bounded: the oldest go', async () => {
    const hours = 12;
    for (let second = 0; second < hours * 3_600; second++) kept.add(at(second));
    const seconds = await drained(kept);
    ok(seconds.length >= 8 * 3_600 && seconds.length <= maxKeptFixes, `${seconds.length}`);
    equal(seconds.includes(hours * 3_600 - 1), true);
    equal(seconds.includes(0), false);
  });

  it('[PS10] outlive the page that kept them, but for its last seconds', async () => {
    for (let second = 0; second < 700; second++) kept.add(at(second));
    await new Promise(setImmediate);
    const seconds = await drained(new KeptFixes(storage, 'crew:ana'));
    ok(seconds.length > 670, `${seconds.length} of 700`);
  });

  it('are of one person in one group', async () => {
    for (let second = 0; second < 60; second++) kept.add(at(second));
    await new Promise(setImmediate);
    deepEqual(await drained(new KeptFixes(storage, 'crew:bo')), []);
    equal((await drained(new KeptFixes(storage, 'crew:ana'))).length, 60);
  });

  it('stay when they could not be sent, while newer ones come', async () => {
    kept.add(at(1));
    await kept.newest();
    kept.add(at(2));
    deepEqual(await drained(kept), [2, 1]);
  });

  it('[PS3] are gone at once when that is said, also those on their way to the disk', async () => {
    for (let second = 0; second < 1_000; second++) kept.add(at(second));
    await kept.clear();
    deepEqual([await kept.newest(), await storage.keys()], [undefined, []]);
    kept.add(at(2_000));
    deepEqual(await drained(kept), [2_000]);
  });

  it('[PS12] become coarser all together', async () => {
    for (let second = 0; second < 1_000; second++) kept.add(at(second));
    await kept.change(({ lat, lng, accuracyM, atMs }) =>
      atMs % 2_000 === 0 ? { lat, lng, accuracyM, atMs, mode: 'coarse' } : undefined,
    );
    let [coarse, page] = [0, await kept.newest()];
    for (; page; page = await kept.newest()) {
      for (const row of page.rows) {
        const fix = fixOfRow(row);
        deepEqual([fix.mode, fix.headingDeg, fix.speedMps], ['coarse', undefined, undefined]);
        coarse += 1;
      }
      await page.drop();
    }
    equal(coarse, 500);
  });

  it('cost no trail of errors where the device has no room', async () => {
    const full = { ...storage, set: () => Promise.reject(new Error('full')) };
    const poor = new KeptFixes(full, 'crew:ana');
    for (let second = 0; second < 100; second++) poor.add(at(second));
    await new Promise(setImmediate);
    await poor.clear();
  });
});

import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Disk, flushLog } from './wal-flush.ts';

/** A disk whose flushes take what the test says, and that counts where they were waited for. */
function fakeDisk(): Disk & { tookMs: number; fails: boolean; onTheSpot: number; aside: number } {
  let nowMs = 0;
  const disk = {
    tookMs: 0.01,
    fails: false,
    onTheSpot: 0,
    aside: 0,
    flush(_handle: number, done: (error: Error | null) => void): void {
      disk.aside += 1;
      done(disk.fails ? new Error('EIO') : null);
    },
    flushNow(): void {
      disk.onTheSpot += 1;
      nowMs += disk.tookMs;
      if (disk.fails) throw new Error('EIO');
    },
    monotonicMs: () => nowMs,
  };
  return disk;
}

function flushTimes(disk: Disk, times: number): { readonly failures: number } {
  const flush = flushLog(0, disk);
  let failures = 0;
  let answers = 0;
  for (let time = 0; time < times; time++) {
    flush((error) => {
      answers += 1;
      if (error) failures += 1;
    });
  }
  equal(answers, times);
  return { failures };
}

describe('the flush of the log', () => {
  it('is handed to another thread until the disk has proved quick, and waited for from then on', () => {
    const disk = fakeDisk();
    flushTimes(disk, 1_000);
    equal(disk.aside, 64);
    equal(disk.onTheSpot, 936);
  });

  it('holds up the event loop of a slow disk ever more rarely', () => {
    const disk = fakeDisk();
    disk.tookMs = 3;
    flushTimes(disk, 100_000);
    equal(disk.onTheSpot, 11);
  });

  it('says what failed, wherever it was waited for', () => {
    const disk = fakeDisk();
    disk.fails = true;
    equal(flushTimes(disk, 100).failures, 100);
    equal(disk.onTheSpot, 36);
  });
});

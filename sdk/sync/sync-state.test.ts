import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { restingStatus } from './status.ts';
import type { Figures } from './sync-state.ts';
import { SyncStateTeller } from './sync-state.ts';

const { state: _state, lastSyncedAt: _at, error: _error, ...resting } = restingStatus;
const figures: Figures = resting;

describe('the state of sync, as it is told', () => {
  it('[SM7] tells once a second that it is in step still, however much comes in', () => {
    const teller = new SyncStateTeller(true);
    const told: (number | null)[] = [];
    teller.status$.subscribe(({ lastSyncedAt }) => told.push(lastSyncedAt));
    teller.apply('opened');
    for (let nowMs = 10_000; nowMs < 12_500; nowMs += 10) {
      teller.judge(true, nowMs);
      teller.tell(figures);
    }
    deepEqual(told, [null, 10_000, 11_000, 12_000]);
  });

  it('[SM7] tells to the millisecond when it was in step once it is no more', () => {
    const teller = new SyncStateTeller(true);
    teller.apply('opened');
    teller.judge(true, 10_000);
    teller.tell(figures);
    teller.judge(true, 10_990);
    teller.tell(figures);
    teller.apply('link-lost');
    teller.tell(figures);
    equal(teller.status$.value.state, 'OFFLINE');
    equal(teller.status$.value.lastSyncedAt, 10_990);
  });
});

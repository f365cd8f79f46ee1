import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nextSignalMs, positionSignal } from './signal.ts';

const nowMs = 10_000_000;
const aged = (ageMs: number) => ({ fix: { lat: 1, lng: 2, accuracyM: 5, atMs: nowMs - ageMs } });

describe('what a position is worth', () => {
  it('[PS21] is never live when nothing was heard for half a minute', () => {
    equal(positionSignal(aged(20_000), nowMs), 'live');
    equal(positionSignal(aged(28_000), nowMs), 'stale');
    equal(positionSignal(aged(30_000), nowMs), 'stale');
    equal(positionSignal(aged(600_000), nowMs), 'last-seen');
  });

  it('[PS21] is paused where the device said so, and last seen when that was long ago', () => {
    equal(positionSignal({ ...aged(1_000), pausedAtMs: nowMs }, nowMs), 'paused');
    equal(positionSignal({ ...aged(700_000), pausedAtMs: nowMs - 700_000 }, nowMs), 'last-seen');
  });

  it('[PS8] is nothing once sharing has ended by itself', () => {
    equal(positionSignal({ ...aged(0), untilMs: nowMs }, nowMs), 'over');
    equal(positionSignal({ ...aged(0), untilMs: nowMs + 1 }, nowMs), 'live');
  });

  it('changes at a time that is known before', () => {
    const people = [aged(5_000), { ...aged(40_000), untilMs: nowMs + 9_000 }];
    equal(nextSignalMs(people, nowMs), nowMs + 9_000);
    equal(nextSignalMs(people, nowMs + 9_000), nowMs + 23_000);
    equal(nextSignalMs([], nowMs), undefined);
  });
});

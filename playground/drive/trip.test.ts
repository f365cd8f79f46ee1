import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { advance, parked, pause, setOff } from './trip.ts';

describe('a trip', () => {
  it('runs as many times faster than the clock as it was told', () => {
    const trip = setOff({ ...parked, speed: 20 }, 400);
    equal(advance(trip, 1_500, 400).timeS, 30);
  });

  it('stands still while the car is parked', () => {
    equal(advance(pause({ ...parked, timeS: 12 }), 60_000, 400).timeS, 12);
  });

  it('stops at the end of the route', () => {
    const end = advance(setOff({ ...parked, timeS: 399 }, 400), 60_000, 400);
    equal(end.timeS, 400);
    equal(end.driving, false);
  });

  it('starts from the beginning when it had come to the end', () => {
    equal(setOff({ ...parked, timeS: 400 }, 400).timeS, 0);
    equal(setOff({ ...parked, timeS: 40 }, 400).timeS, 40);
  });
});

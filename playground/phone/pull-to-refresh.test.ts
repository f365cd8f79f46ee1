import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pulled } from './pull-to-refresh.ts';

describe('pulling a panel down', () => {
  it('[CA6] refreshes once the strip has come far enough', () => {
    deepEqual(
      [0, 40, 111, 112].map((dragged) => pulled(dragged).state),
      ['idle', 'pulling', 'pulling', 'ready'],
    );
  });

  it('[CA6] does nothing for a finger that goes up', () => {
    deepEqual(pulled(-30), { shownPx: 0, state: 'idle' });
  });

  it('[CA6] never pulls the strip further than one and a half times its way', () => {
    equal(pulled(10_000).shownPx, 84);
  });
});

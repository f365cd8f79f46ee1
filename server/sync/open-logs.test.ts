import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyState } from '../../sdk/merge/fold.ts';
import type { ScopeState } from '../../sdk/merge/states.ts';
import { groupScope } from '../../sdk/protocol/ids.ts';
import { createOpenLogs, type OpenLog } from './open-logs.ts';

describe('the logs in memory', () => {
  const scope = (number: number) => groupScope(`g${number}`);
  const log = (state?: ScopeState, idle = true): OpenLog => ({ folded: state, idle });
  /** A group in which so much was played. */
  const withPlays = (count: number): ScopeState => {
    const play = { itemId: 'i', title: 'T', chosenBy: null, startedAtMs: 0, endedAtMs: 1 };
    const state = emptyState(scope(0));
    return state.kind === 'group' ? { ...state, plays: Array(count).fill(play) } : state;
  };

  it('are those used last', () => {
    const logs = createOpenLogs({ maxScopes: 2, maxEntries: 1_000 });
    logs.set(scope(1), log());
    logs.set(scope(2), log());
    logs.get(scope(1));
    logs.set(scope(3), log());
    equal(logs.get(scope(2)), undefined);
    equal(logs.get(scope(1))?.idle, true);
    equal(logs.get(scope(3))?.idle, true);
  });

  it('are all that are at work, however many', () => {
    const logs = createOpenLogs({ maxScopes: 1, maxEntries: 1_000 });
    logs.set(scope(1), log(undefined, false));
    logs.set(scope(2), log(undefined, false));
    equal(logs.get(scope(1))?.idle, false);
    equal(logs.get(scope(2))?.idle, false);
  });

  it('are fewer where they hold much', () => {
    const logs = createOpenLogs({ maxScopes: 1_000, maxEntries: 1_000 });
    for (let number = 0; number < 200; number++) logs.set(scope(number), log(withPlays(100)));
    let kept = 0;
    for (let number = 0; number < 200; number++) kept += logs.get(scope(number)) ? 1 : 0;
    // Nine of a hundred and one entries, the one that was opened then, and none since.
    equal(kept, 10);
    equal(logs.get(scope(199))?.idle, true);
  });
});

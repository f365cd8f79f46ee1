import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Hub } from './hub.ts';
import type { Op } from './protocol/ops.ts';
import { setAsideView } from './set-aside.ts';
import type { PendingOp } from './sync/pending-op.ts';
import { summaryOf } from './sync/summary.ts';
import type { SyncEngine } from './sync/sync-engine.ts';

const op = { type: 'playback.set', opId: 'o-1', payload: { playing: true } } as Op;
const pending = {
  op,
  scope: 'g:road',
  setAside: { code: 'forbidden', message: 'no', atMs: 5 },
} as unknown as PendingOp;

/** An engine, as far as this looks at one. */
function engineWith(setAside: readonly PendingOp[]): SyncEngine {
  return { replica: { setAside } } as unknown as SyncEngine;
}

function hubWith(setAside: readonly PendingOp[]): Hub {
  const hub = new Hub();
  hub.attach(engineWith(setAside), undefined);
  return hub;
}

describe('what is set aside, as a caller sees it', () => {
  it('[SA3] is told by its kind, and in its own words as soon as they are there', async () => {
    const seen: string[] = [];
    const view = setAsideView(hubWith([pending]), async () => ({ summaryOf }));
    view.subscribe(([entry]) => seen.push(entry?.summary ?? ''));
    await setImmediate();
    deepEqual(seen, ['change the playback', 'play']);
    equal(view.value[0]?.reason.code, 'forbidden');
  });

  it('asks for the words again after a dead spot, and for none where nothing is set aside', async () => {
    let asked = 0;
    const load = (): Promise<never> => {
      asked += 1;
      return Promise.reject(new TypeError('Failed to fetch'));
    };
    equal(setAsideView(hubWith([]), load).value.length, 0);
    equal(asked, 0);
    const list = [pending];
    const hub = hubWith(list);
    const view = setAsideView(hub, load);
    equal(view.value[0]?.summary, 'change the playback');
    await setImmediate();
    hub.attach(engineWith([...list]), undefined);
    equal(view.value.length, 1);
    equal(asked, 2);
  });
});

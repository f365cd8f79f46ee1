import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { createFakeBackend, type FakeBackend } from '../auth/fake-backend.ts';
import { createHttp } from '../auth/http.ts';
import { createHistoryAccount } from './history.ts';

const fix = {
  ...{ memberId: 'ana', deviceId: 'd1', mode: 'coarse', lat: 1, lng: 2, accuracyM: 707, atMs: 5 },
};

describe('the history of positions, asked for', () => {
  let backend: FakeBackend;
  beforeEach(() => {
    backend = createFakeBackend();
  });

  it('[PS13] is a list of fixes that says how thin it is and what is missing', async () => {
    const gaps = [{ fromMs: 1, untilMs: 2 }];
    const path = 'groups/road/positions?from=0&to=11&memberId=ana';
    backend.answers[path] = () => ({ fixes: [fix], everyMs: 1_000, gaps });
    const history = createHistoryAccount(backend.http);
    const got = await history.positionHistory('road', { from: 0.5, to: 10.5, memberId: 'ana' });
    deepEqual([...got], [fix]);
    deepEqual([got.everyMs, got.gaps], [1_000, gaps]);
  });

  it('takes nothing else for it', async () => {
    const http = createHttp({
      server: 'https://jamz.example',
      fetch: async () => Response.json({ fixes: [{}], everyMs: 1, gaps: [] }),
    });
    const asking = createHistoryAccount(http).positionHistory('road', { from: 0, to: 1 });
    await rejects(asking, { code: 'unavailable' });
  });

  it('[PS14] [PS16] is the person’s own to show, and to delete', async () => {
    const choice = { seenBy: 'group', keepDays: 7, siteDays: 30 };
    backend.answers['me/history'] = () => choice;
    const history = createHistoryAccount(backend.http);
    deepEqual(await history.positionHistoryChoice(), choice);
    deepEqual(await history.positionHistoryChoice({ seenBy: 'group', keepDays: 7 }), choice);
    await history.deletePositionHistory();
    equal(backend.asked.length, 3);
    deepEqual(backend.asked[1]?.body, { seenBy: 'group', keepDays: 7 });
  });
});

import { deepEqual, equal } from 'node:assert/strict';
import { it } from 'node:test';
import { JamzError } from '../protocol/errors.ts';
import type { LiveReport } from '../protocol/wire.ts';
import { virtualScheduler } from '../testing/virtual-scheduler.ts';
import type { Link } from '../transport/link.ts';
import { Reports } from './reports.ts';

const fix = { lat: 47, lng: 8, accuracyM: 5, atMs: 1 };
const here: LiveReport = { scope: 'g:road', deviceId: 'phone', mode: 'precise', fix };
const off: LiveReport = { scope: 'g:road', deviceId: 'phone', mode: 'off', fix: null };

function recordingLink(answer: () => Promise<unknown>): Link & { readonly said: unknown[] } {
  const said: unknown[] = [];
  return {
    said,
    request<T>(_event: string, payload: unknown): Promise<T> {
      said.push(payload);
      return answer() as Promise<T>;
    },
    close() {},
  };
}

const nobody = () => Promise.reject(new JamzError('unavailable', 'Nobody answered.'));

it('[WR8] tells on the next link what was said without one, the newest word only', async () => {
  const reports = new Reports(virtualScheduler().after);
  reports.tell(here);
  reports.tell(off);
  const link = recordingLink(async () => null);
  reports.use(link);
  deepEqual(link.said, [off]);
});

it('says again what nobody answered, and not what was heard', async () => {
  const scheduler = virtualScheduler();
  const reports = new Reports(scheduler.after);
  const deaf = recordingLink(nobody);
  reports.use(deaf);
  reports.tell(off);
  await scheduler.advance(6_000);
  equal(deaf.said.length, 2);
  const good = recordingLink(async () => null);
  reports.use(good);
  await scheduler.advance(60_000);
  equal(good.said.length, 1);
  equal(deaf.said.length, 2);
});

it('keeps a report that met an expired token for the next link', async () => {
  const reports = new Reports(virtualScheduler().after);
  reports.use(recordingLink(() => Promise.reject(new JamzError('token-expired', 'Too old.'))));
  reports.tell(off);
  reports.use(undefined);
  const fresh = recordingLink(async () => null);
  reports.use(fresh);
  deepEqual(fresh.said, [off]);
});

it('lets go of a report that is refused', async () => {
  const scheduler = virtualScheduler();
  const reports = new Reports(scheduler.after);
  const link = recordingLink(() => Promise.reject(new JamzError('forbidden', 'No.')));
  reports.use(link);
  reports.tell(here);
  await scheduler.advance(60_000);
  reports.use(link);
  equal(link.said.length, 1);
});

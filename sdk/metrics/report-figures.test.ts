import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { Counters } from '../sync/counters.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import { reportFigures, type Source } from './report-figures.ts';

const minuteMs = 60_000;

describe('figures that go home', () => {
  let scheduler: VirtualScheduler;
  let counters: Counters;
  let source: Source | undefined;
  let sent: { readonly url: string; readonly init: RequestInit | undefined }[];
  let hide: (() => void) | undefined;

  const begin = (random = 0.1): (() => void) =>
    reportFigures({
      server: 'https://jamz.example',
      site: 'pk_demo',
      fetch: async (url, init) => {
        sent.push({ url: String(url), init });
        throw new TypeError('No network.');
      },
      scheduler: { ...scheduler, random: () => random },
      source: () => source,
      onHide(listener) {
        hide = listener;
        return () => {
          hide = undefined;
        };
      },
    });
  const body = (index = 0): unknown => JSON.parse(String(sent[index]?.init?.body));

  beforeEach(() => {
    scheduler = virtualScheduler();
    counters = new Counters();
    source = { counters, outboxLength: 3 };
    sent = [];
  });

  it('are sums since the last time, and nothing that tells whose', async () => {
    begin();
    counters.acked = 10;
    counters.retries = 2;
    counters.lookedUp(true);
    counters.overtaken(1);
    counters.linkUp(0);
    counters.synced(120.4);
    await scheduler.advance(5 * minuteMs);
    const first = {
      site: 'pk_demo',
      acked: 10,
      refused: 0,
      retries: 2,
      cacheHits: 1,
      cacheMisses: 0,
      conflicts: 1,
      outboxLength: 3,
      syncLatenciesMs: [120],
    };
    deepEqual(body(), first);
    counters.acked = 15;
    await scheduler.advance(5 * minuteMs);
    const none = { retries: 0, cacheHits: 0, conflicts: 0, syncLatenciesMs: [] };
    deepEqual(body(1), { ...first, ...none, acked: 5 });
    const [{ url, init } = { url: '', init: undefined }] = sent;
    equal(url, 'https://jamz.example/v1/metrics');
    deepEqual(
      [init?.credentials, init?.referrerPolicy, init?.keepalive],
      ['omit', 'no-referrer', true],
    );
  });

  it('stay where they are while nothing happens, and while another tab leads', async () => {
    begin();
    await scheduler.advance(60 * minuteMs);
    equal(sent.length, 0);
    source = undefined;
    counters.acked = 1;
    await scheduler.advance(60 * minuteMs);
    equal(sent.length, 0);
  });

  it('go when the page is hidden, but not each time', async () => {
    begin();
    for (let time = 0; time < 30; time++) {
      counters.acked += 1;
      hide?.();
      await scheduler.advance(2_000);
    }
    equal(sent.length, 1);
    await scheduler.advance(minuteMs);
    hide?.();
    equal(sent.length, 2);
  });

  it('begin anew with another engine’s counters', async () => {
    begin();
    counters.acked = 10;
    await scheduler.advance(5 * minuteMs);
    const next = new Counters();
    next.acked = 4;
    source = { counters: next, outboxLength: 0 };
    await scheduler.advance(5 * minuteMs);
    equal((body(1) as { acked: number }).acked, 4);
  });

  it('are never more than the server takes', async () => {
    begin();
    counters.acked = 1e9;
    for (let time = 0; time < 200; time++) {
      counters.linkUp(0);
      counters.synced(1e9);
    }
    await scheduler.advance(5 * minuteMs);
    const { acked, syncLatenciesMs } = body() as { acked: number; syncLatenciesMs: number[] };
    deepEqual([acked, syncLatenciesMs.length, syncLatenciesMs[0]], [100_000, 50, 600_000]);
  });

  it('are sent by one page in four, and by none after it is closed', async () => {
    begin(0.26);
    counters.acked = 1;
    await scheduler.advance(60 * minuteMs);
    equal(sent.length, 0);
    const end = begin(0.24);
    end();
    equal(hide, undefined);
    await scheduler.advance(60 * minuteMs);
    equal(sent.length, 0);
  });
});

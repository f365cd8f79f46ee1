import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Counters } from './counters.ts';

describe('counters', () => {
  it('claim nothing bad before anything happened', () => {
    const { syncSuccessRate, cacheHitRate, conflictRate, syncLatencyMs } = new Counters().read(0);
    equal(syncSuccessRate, 1);
    equal(cacheHitRate, 1);
    equal(conflictRate, 0);
    equal(syncLatencyMs, null);
  });

  it('tell the share of ops that the log took, and what it cost in retries', () => {
    const counters = new Counters();
    counters.acked = 3;
    counters.refused = 1;
    counters.retries = 6;
    const { syncSuccessRate, retriesBeforeSuccess, outboxLength } = counters.read(2);
    equal(syncSuccessRate, 0.75);
    equal(retriesBeforeSuccess, 2);
    equal(outboxLength, 2);
  });

  it('tell how often the device itself had the answer', () => {
    const counters = new Counters();
    for (const hit of [true, false, true, true]) counters.lookedUp(hit);
    equal(counters.read(0).cacheHitRate, 0.75);
  });

  it('count a question once, however often it is looked at', () => {
    const counters = new Counters();
    counters.acked = 4;
    counters.asked([{ conflictId: 'one' }]);
    counters.asked([{ conflictId: 'one' }, { conflictId: 'two' }]);
    equal(counters.read(0).conflictRate, 0.5);
  });

  it('count a write that a concurrent one overtook as a conflict', () => {
    const counters = new Counters();
    counters.acked = 4;
    counters.overtaken(1);
    equal(counters.read(0).conflictRate, 0.25);
  });

  it('measure from the link to being in step, once per link', () => {
    const counters = new Counters();
    counters.linkUp(100);
    counters.synced(340);
    counters.synced(900);
    equal(counters.read(0).syncLatencyMs, 240);
  });
});

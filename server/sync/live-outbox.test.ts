import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { LiveEntry, LiveMessage } from '../../sdk/protocol/wire.ts';
import { createLiveOutbox, type LiveOutbox } from './live-outbox.ts';

const road: Scope = 'g:road';
const trail: Scope = 'g:trail';

describe('What is about to be told of positions', () => {
  let nowMs: number;
  let size: number;
  let told: LiveMessage[];
  let endTurn: () => void;
  let timers: { readonly atMs: number; readonly run: () => void }[];
  let outbox: LiveOutbox;

  const entry = (memberId: string): LiveEntry => ({
    ...{ memberId, deviceId: 'phone', mode: 'precise' },
    fix: { lat: 48, lng: 16, accuracyM: 5, atMs: nowMs },
  });
  const add = (memberId: string, scope: Scope = road): void =>
    outbox.add(scope, memberId, entry(memberId));
  const pass = (ms: number): void => {
    nowMs += ms;
    const due = timers.filter(({ atMs }) => atMs <= nowMs);
    timers = timers.filter((timer) => !due.includes(timer));
    for (const { run } of due) run();
  };

  beforeEach(() => {
    [nowMs, size, told, timers] = [1_000_000, 10, [], []];
    endTurn = () => {};
    outbox = createLiveOutbox({
      publish: (message) => told.push(message),
      schedule: (flush) => {
        endTurn = flush;
      },
      after: (delayMs, run) => timers.push({ atMs: nowMs + delayMs, run }),
      nowMs: () => nowMs,
      sizeOf: () => size,
    });
  });

  it('[WR8] is told with each turn to a few', () => {
    for (const who of ['ana', 'bo', 'ana']) {
      add(who);
      endTurn();
    }
    equal(told.length, 3);
    equal(timers.length, 0);
  });

  it('[WR8] is told to a crowd ten times a second, of each device the newest, all in one message', () => {
    size = 1_000;
    add('ana');
    endTurn();
    equal(told.length, 1);
    for (const who of ['bo', 'chi', 'bo']) {
      add(who);
      endTurn();
      pass(20);
    }
    equal(told.length, 1);
    pass(40);
    deepEqual(
      told.map(({ entries }) => entries.map(({ memberId }) => memberId)),
      [['ana'], ['bo', 'chi']],
    );
    pass(100);
    add('ana');
    endTurn();
    equal(told.length, 3);
  });

  it('[WR8] of a crowd keeps no other group waiting', () => {
    size = 1_000;
    add('ana');
    endTurn();
    add('bo');
    endTurn();
    size = 2;
    add('chi', trail);
    endTurn();
    deepEqual(
      told.map(({ scope }) => scope),
      [road, trail],
    );
  });

  it('[PS3] is told at once where somebody is off, and nothing of it again', () => {
    size = 1_000;
    add('ana');
    endTurn();
    add('bo');
    endTurn();
    outbox.flush(road);
    equal(told.length, 2);
    pass(100);
    equal(told.length, 2);
  });

  it('is told within the gap though the clock was set back by an hour', () => {
    size = 1_000;
    add('ana');
    endTurn();
    nowMs -= 3_600_000;
    add('bo');
    endTurn();
    pass(100);
    equal(told.length, 2);
  });
});

import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Injected, Injection } from './injection.ts';
import { openStage, type Stage, type StageOptions } from './open-stage.ts';
import type { PhoneView } from './view.ts';

/** What two stages share only if the same happened on them, at the same moment. */
function sight({ view$, world }: Stage): string {
  const { nowMs, phones, servers, log } = view$.value;
  const looks = phones.map(({ shown, ...look }) => look);
  return JSON.stringify([world.time.eventCount, nowMs, looks, servers, log]);
}

async function opened(options: Omit<StageOptions, 'seed'>, untilMs = 30_000): Promise<Stage> {
  const stage = await openStage({ seed: 'stage', phones: 3, ...options });
  await stage.runUntil(untilMs);
  return stage;
}

function look({ view$ }: Stage, index: number): PhoneView {
  const phone = view$.value.phones[index];
  if (!phone) throw new Error(`there is no phone ${index}`);
  return phone;
}

describe('a stage', () => {
  it('opens with every phone in step, and nothing happens by itself', async () => {
    const stage = await opened({});
    for (const { app, link, status, cursor } of stage.view$.value.phones) {
      deepEqual(
        [app, link, status?.state, cursor],
        ['running', 'open', 'SYNCED', stage.view$.value.log.head],
      );
    }
    await stage.runUntil(600_000);
    equal(stage.view$.value.log.head?.seq, 4);
  });

  it('shows a phone that is dragged into a tunnel, taps there, and comes out', async () => {
    const stage = await opened({});
    stage.inject({ kind: 'weather', phone: 1, weather: { dark: 'both' } });
    stage.inject({ kind: 'deed', phone: 1, what: 'add' });
    stage.inject({ kind: 'deed', phone: 0, what: 'add' });
    await stage.runUntil(90_000);
    const inside = look(stage, 1);
    equal(inside.status?.state, 'OFFLINE');
    deepEqual(
      inside.waiting.map(({ type }) => type),
      ['playlist.add'],
    );
    notEqual(inside.cursor?.seq, stage.view$.value.log.head?.seq);

    stage.inject({ kind: 'weather', phone: 1, weather: { dark: 'none' } });
    await stage.runUntil(150_000);
    deepEqual(look(stage, 1).waiting, []);
    for (const { cursor } of stage.view$.value.phones) {
      deepEqual(cursor, stage.view$.value.log.head);
    }
    equal(stage.view$.value.log.tail.filter(({ type }) => type === 'playlist.add').length, 2);
  });

  it('has the servers killed, and each of them started again by hand or in time', async () => {
    const stage = await opened({});
    stage.inject({ kind: 'server-crash', server: 0, durationMs: 3_600_000 });
    stage.inject({ kind: 'server-crash', server: 1, durationMs: 20_000 });
    await stage.runUntil(40_000);
    deepEqual(
      stage.view$.value.servers.map(({ up }) => up),
      [false, false],
    );
    equal(look(stage, 0).link === 'open', false);
    await stage.runUntil(60_000);
    stage.inject({ kind: 'calm', server: 0 });
    await stage.runUntil(120_000);
    deepEqual(
      stage.view$.value.servers.map(({ up }) => up),
      [true, true],
    );
    equal(look(stage, 0).status?.state, 'SYNCED');
  });

  it('sets a clock, and what is made by it is stamped with the server’s time', async () => {
    const stage = await opened({});
    const before = look(stage, 2).clockOffMs;
    stage.inject({ kind: 'set-clock', phone: 2, byMs: 86_400_000 });
    stage.inject({ kind: 'deed', phone: 2, what: 'say' });
    await stage.runUntil(60_000);
    // Its crystal is not quite true either.
    equal(Math.abs(look(stage, 2).clockOffMs - before - 86_400_000) < 10, true);
    equal(Math.abs(look(stage, 2).serverTimeOffMs ?? 1e9) < 100, true);
    await stage.rest();
    equal(stage.violation, undefined);
  });

  it('shows messages on their way, and those that are lost', async () => {
    const stage = await opened({ pictured: true });
    stage.inject({ kind: 'weather', phone: 0, weather: { latencyMs: 2_000 } });
    stage.inject({ kind: 'weather', phone: 1, weather: { dark: 'up' } });
    stage.inject({ kind: 'deed', phone: 0, what: 'say' });
    stage.inject({ kind: 'deed', phone: 1, what: 'say' });
    await stage.runUntil(30_100);
    const pushes = stage.view$.value.packets.filter(({ what }) => what === 'push');
    deepEqual(
      pushes.map(({ phone, way, arrivesMs }) => `${phone} ${way} ${arrivesMs === null}`).sort(),
      ['0 up false', '1 up true'],
    );
    await stage.runUntil(33_000);
    equal(
      stage.view$.value.packets.some(({ what }) => what === 'push'),
      false,
    );
  });

  it('goes event by event', async () => {
    const stage = await opened({});
    const { eventCount } = stage.world.time;
    await stage.step();
    equal(stage.world.time.eventCount, eventCount + 1);
  });
});

describe('a stage is replayed exactly', () => {
  const hand: readonly (readonly [untilMs: number, Injection])[] = [
    [12_345.678, { kind: 'tunnel', phone: 2, durationMs: 40_000 }],
    [12_345.678, { kind: 'deed', phone: 2, what: 'anything' }],
    [20_000, { kind: 'deed', phone: 1, what: 'add' }],
    [60_000, { kind: 'server-crash-at-append', server: 0, durationMs: 5_000 }],
    [60_000, { kind: 'lossy', phone: 0, durationMs: 90_000 }],
    [61_000, { kind: 'deed', phone: 1, what: 'play' }],
    [75_000, { kind: 'set-clock', phone: 0, byMs: -600_000 }],
    [150_000, { kind: 'reload-in-tunnel', phone: 1, durationMs: 30_000 }],
  ];

  async function byHand(): Promise<Stage> {
    const stage = await opened({ hours: 0.1, life: 'people' }, 0);
    for (const [untilMs, injection] of hand) {
      await stage.runUntil(untilMs);
      stage.inject(injection);
    }
    return stage;
  }

  it('from its seed and what was done by hand, in however many steps it is watched', async () => {
    const stage = await byHand();
    await stage.runUntil(400_000);
    const injected = JSON.parse(JSON.stringify(stage.injected)) as Injected[];
    const again = await opened({ hours: 0.1, life: 'people', injected }, 0);
    for (let untilMs = 0; untilMs <= 400_000; untilMs += 777) await again.runUntil(untilMs);
    await again.runUntil(400_000);
    equal(sight(again), sight(stage));
  });

  it('and goes otherwise where one thing was not done', async () => {
    const stage = await byHand();
    await stage.runUntil(400_000);
    const other = await opened(
      { hours: 0.1, life: 'people', injected: stage.injected.slice(1) },
      400_000,
    );
    notEqual(sight(other), sight(stage));
  });

  it('and ends with every promise kept', async () => {
    const stage = await byHand();
    await stage.runUntil(400_000);
    await stage.rest();
    equal(stage.violation, undefined);
    stage.close();
    equal(stage.view$.isStopped, true);
  });
});

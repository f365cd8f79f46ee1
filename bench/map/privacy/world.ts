import { type LatLng, moved } from '../../../sdk/positions/earth.ts';
import type { FixRow } from '../../../sdk/positions/kept-fixes.ts';
import { fixOfRow } from '../../../sdk/positions/kept-fixes.ts';
import { PositionLane } from '../../../sdk/positions/lane.ts';
import { JamzError } from '../../../sdk/protocol/errors.ts';
import { groupScope } from '../../../sdk/protocol/ids.ts';
import type { LiveReport } from '../../../sdk/protocol/wire.ts';
import type { VirtualScheduler } from '../../../sdk/testing/virtual-scheduler.ts';
import type { Actor } from '../../../server/access/actor.ts';
import { createInProcessBus } from '../../../server/adapters/bus/in-process.ts';
import { firstChoice, type HistoryChoices } from '../../../server/history/history-choices.ts';
import { createLateFixes } from '../../../server/history/late-fixes.ts';
import { createPositionHistory } from '../../../server/history/position-history.ts';
import { fixOf } from '../../../server/history/position-points.ts';
import { createSeriesWriter } from '../../../server/history/series-writer.ts';
import type { Point, TimeSeries } from '../../../server/ports/time-series.ts';
import { createLive } from '../../../server/sync/live.ts';
import type { ScopeLogs } from '../../../server/sync/scope-logs.ts';
import type { Truth } from './truth.ts';

const crew = groupScope('crew');

/** The server's own parts for positions, another member's replica, and a look at all that passes. */
export interface World {
  /** Of the group: what is reached and left. */
  readonly places: readonly (LatLng & { readonly placeId: string })[];
  /** @throws {JamzError} what the server answers */
  report(report: LiveReport): Promise<void>;
  upload(deviceId: string, rows: readonly FixRow[]): Promise<void>;
  /** The person is no member any more. */
  leave(): void;
  /** Devices of the person that another member sees now. */
  shown(): readonly string[];
}

export function createWorld(time: VirtualScheduler, truth: Truth): World {
  const clock = { nowMs: time.nowMs };
  const failures: unknown[] = [];
  const bus = createInProcessBus((error) => failures.push(error));
  const actor = { userId: 'ana', siteId: 'site' } as Actor;
  let isMember = true;
  const member = { memberId: 'ana', joinedAtMs: 0 };
  const logs: Pick<ScopeLogs, 'admit'> = {
    async admit() {
      if (!isMember) throw new JamzError('removed', 'No member');
      const present = new Map([['ana', member]]);
      return { state: { kind: 'group', members: { present } } } as unknown as Awaited<
        ReturnType<ScopeLogs['admit']>
      >;
    },
  };
  const keep = async (points: readonly Point[]): Promise<void> => {
    for (const point of points) {
      const { mode, memberId: _, deviceId, ...fix } = fixOf(point);
      truth.judge({ where: 'history', atMs: time.nowMs(), deviceId, mode, fix });
    }
  };
  const series = {
    write: keep,
    read: async () => [],
    forget: async () => {},
  } as unknown as TimeSeries;
  const choices = {
    of: async () => firstChoice,
    daysOf: async () => 30,
  } as unknown as HistoryChoices;
  const writer = createSeriesWriter({
    ...{ series, timers: time, random: time.random, processId: 'p1' },
    onState() {},
    onRefused: (error) => failures.push(error),
  });
  const onBug = (error: unknown): void => void failures.push(error);
  const history = createPositionHistory({ series, writer, choices, logs, clock, onBug });
  const late = createLateFixes({ series, choices, logs, clock });
  const live = createLive({ logs, bus, clock, schedule: queueMicrotask, after: time.after });
  const lane = new PositionLane();
  bus.subscribe((message) => {
    if (message.kind !== 'live') return;
    lane.take(message.message);
    for (const entry of message.message.entries) history.note('site', 'crew', entry);
    look('replica', lane.entries(crew));
    look('server', live.known(crew).entries);
  });

  function look(where: 'replica' | 'server', entries: ReturnType<PositionLane['entries']>): void {
    for (const { deviceId, mode, fix, visit } of entries) {
      if (fix) truth.judge({ where, atMs: time.nowMs(), deviceId, mode, fix, visit });
    }
  }

  const places = Array.from({ length: 6 }, (_, index) => ({
    ...moved({ lat: 43.73, lng: 7.42 }, index * 60, 700),
    placeId: `place-${index}`,
  }));
  return {
    places,
    report: (report) => live.report(actor, report),
    async upload(deviceId, rows) {
      await late.take(actor, 'crew', deviceId, rows.map(fixOfRow));
    },
    leave() {
      isMember = false;
      const ended = { scope: crew, code: 'removed' as const, message: 'You left.' };
      bus.publish({ kind: 'ended', userId: 'ana', ended });
    },
    shown() {
      if (failures.length > 0) throw new AggregateError(failures, 'The server failed.');
      return lane.entries(crew).map(({ deviceId }) => deviceId);
    },
  };
}

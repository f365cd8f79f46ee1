import type { GroupId, UserId } from '../../sdk/protocol/ids.ts';
import type { Role } from '../../sdk/protocol/payloads.ts';
import { createInProcessBus } from '../adapters/bus/in-process.ts';
import { nodeCodec } from '../adapters/codec/node.ts';
import { sqliteSeries } from '../adapters/time-series/sqlite/sqlite-series.ts';
import { createHistory, type History } from '../history/history.ts';
import type { Bus } from '../ports/bus.ts';
import type { AuditKind } from '../ports/store.ts';
import type { TimeSeries } from '../ports/time-series.ts';
import type { ServerDraft } from '../sync/job.ts';
import { createSyncBench, makeGroup, road, type SyncBench } from '../sync/sync-fixture.ts';
import { viewAt } from '../sync/view-at.ts';
import { createTripCodes } from './trip-codes.ts';
import { createTrips, type Trips } from './trips.ts';

/** Trips over real logs, a real store and a real history, on a clock that the test turns. */
export interface TripBench extends SyncBench {
  readonly history: History;
  readonly trips: Trips;
  readonly noted: AuditKind[];
  /** The history as another process has it, of which this one hears nothing. */
  elsewhere(): History;
  /** Trips of the same store under another secret of the installation. */
  under(secret: string): Trips;
  /** Says where somebody is now. */
  isAt(userId: UserId, lat: number, more?: { device?: string; mode?: 'coarse' }): Promise<void>;
  /** Puts ops into the group's log, in a member's name. */
  does(userId: UserId, ...ops: readonly ServerDraft[]): Promise<void>;
  says(userId: UserId, text: string): Promise<void>;
  close(): Promise<void>;
}

export const minuteMs: number = 60_000;
export const dayMs: number = 24 * 60 * minuteMs;
export const group: GroupId = 'road';

export async function tripBench(
  members: Readonly<Record<string, Role>> = { ana: 'owner', bo: 'member', cem: 'member' },
): Promise<TripBench> {
  const bench = createSyncBench();
  const { store, logs, bus, clock } = bench;
  await makeGroup(bench, members);
  const series: TimeSeries = sqliteSeries({ path: ':memory:' });
  const onBug = (error: unknown) => void bench.bugs.push(error);
  const historyOver = (own: Bus, processId: string): History =>
    createHistory({
      ...{ store, series, bus: own, logs, clock, onBug, maxDays: 30, processId },
      random: () => 0.5,
      timers: { after: () => () => {}, every: () => () => {}, afterTurn: setImmediate },
      onState: () => {},
    });
  const history = historyOver(bus, 'p1');
  const noted: AuditKind[] = [];
  let made = 0;
  const next = (): number => {
    made += 1;
    return made;
  };
  const under = (secret: string): Trips =>
    createTrips({
      ...{ store, logs, clock, fixes: history.fixes, keptOf: history.keptOf },
      daysOf: history.choices.daysOf,
      viewAt: (groupId, atMs) =>
        viewAt({ store, codec: nodeCodec, pause: async () => {} }, `g:${groupId}`, atMs),
      codes: createTripCodes(Buffer.from(secret)),
      // Ids that differ.
      random: () => (next() % 997) / 997,
      publicUrl: () => 'https://jamz.example',
      note: (kind) => void noted.push(kind),
    });
  const does: TripBench['does'] = async (userId, ...ops) => {
    await logs.appendServerOps(
      road,
      ops.map((op) => ({ ...op, authorId: userId })),
    );
  };
  return {
    ...{ ...bench, history, noted, under, does },
    trips: under('secret'),
    elsewhere: () => historyOver(createInProcessBus(onBug), 'p2'),
    async isAt(userId, lat, { device = 'd1', mode } = {}) {
      const site = (await store.memberships.group(group))?.siteId ?? '';
      await series.write([
        {
          series: 'positions',
          tags: { site, group, member: userId, device },
          atMs: clock.nowMs(),
          fields: {
            ...{ lat, lng: 16.4, accuracyM: mode ? 707 : 5, coarse: mode ? 1 : 0 },
            ...{ headingDeg: -1, speedMps: -1 },
          },
        },
      ]);
    },
    async says(userId, text) {
      const messageId = `m${next()}`;
      await does(userId, { type: 'messages.send', payload: { messageId, text } });
    },
    async close() {
      await history.close();
      await series.close();
      await store.close();
    },
  };
}

/** The code that an address leads with. */
export function codeIn(url: string): string {
  return new URL(url).searchParams.get('code') ?? '';
}

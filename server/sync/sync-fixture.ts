import type { GroupState } from '../../sdk/merge/states.ts';
import { toRuns } from '../../sdk/protocol/codec.ts';
import type { DecodedPush } from '../../sdk/protocol/decode.ts';
import { formatHlc } from '../../sdk/protocol/hlc.ts';
import { groupScope, type Scope } from '../../sdk/protocol/ids.ts';
import type { Base, Op } from '../../sdk/protocol/ops.ts';
import type { OpType, Payloads, Role } from '../../sdk/protocol/payloads.ts';
import type { Actor } from '../access/actor.ts';
import { createInProcessBus } from '../adapters/bus/in-process.ts';
import { nodeCodec } from '../adapters/codec/node.ts';
import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import type { Bus, BusMessage } from '../ports/bus.ts';
import type { Store } from '../ports/store.ts';
import { createLive, type Live } from './live.ts';
import { createPulls, type Pulls } from './pull.ts';
import { createScopeLogs, type ScopeLogs } from './scope-logs.ts';
import { createSnapshots, type Snapshots } from './snapshots.ts';

/** One process's log use cases on a store of its own or a shared one, on a clock that the test turns. */
export interface SyncBench {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: { nowMs(): number; advance(ms: number): void };
  readonly logs: ScopeLogs;
  readonly pulls: Pulls;
  readonly snapshots: Snapshots;
  readonly live: Live;
  /** All that the bus told, in order. */
  readonly told: BusMessage[];
  /** What was reported as a bug. */
  readonly bugs: unknown[];
}

export const road: Scope = 'g:road';

export function createSyncBench(
  store: Store = createSqliteStore({ path: ':memory:' }),
  options: { readonly maxScopes?: number } = {},
): SyncBench {
  let nowMs = 1_700_000_000_000;
  const clock = {
    nowMs: () => nowMs,
    advance: (ms: number) => {
      nowMs += ms;
    },
  };
  const bugs: unknown[] = [];
  const onBug = (error: unknown) => void bugs.push(error);
  const told: BusMessage[] = [];
  const bus = createInProcessBus(onBug);
  bus.subscribe((message) => told.push(message));
  const deps = { store, bus, clock, codec: nodeCodec, onBug, ...options };
  const logs = createScopeLogs(deps);
  const snapshots = createSnapshots({ ...deps, logs });
  const pulls = createPulls({ store, logs, snapshots, clock });
  const live = createLive({ logs, bus, clock, schedule: setImmediate });
  return { store, bus, clock, logs, pulls, snapshots, live, told, bugs };
}

export function actor(userId: string, over: Partial<Actor> = {}): Actor {
  return {
    userId,
    siteId: 's1',
    name: userId,
    guest: false,
    siteAdmin: false,
    familyId: `family-${userId}`,
    expiresAtMs: Number.MAX_SAFE_INTEGER,
    ...over,
  };
}

/** Makes the group as the server does. @param members with their roles; at least one owner */
export async function makeGroup(
  { store, logs }: Pick<SyncBench, 'store' | 'logs'>,
  members: Readonly<Record<string, Role>> = { ana: 'owner', bo: 'member' },
  groupId = 'road',
): Promise<void> {
  const policies = { join: 'open', add: 'everyone', control: 'everyone' } as const;
  await store.memberships.createGroup({
    groupId,
    siteId: 's1',
    name: 'Road trip',
    memberCount: 0,
    policies,
    deleted: false,
    place: null,
  });
  await logs.appendServerOps(groupScope(groupId), [
    { type: 'group.create', payload: { name: 'Road trip', policies } },
    ...Object.entries(members).map(([memberId, role]) => ({
      type: 'members.join' as const,
      payload: { memberId, name: memberId, role },
      authorId: memberId,
    })),
  ]);
}

export async function groupState(
  { logs }: Pick<SyncBench, 'logs'>,
  scope: Scope = road,
): Promise<GroupState> {
  const state = await logs.stateOf(scope);
  if (state?.kind !== 'group') throw new Error(`${scope} is no group`);
  return state;
}

/** Resolves when all writes that wait now, also those that nobody awaits, are done. */
export async function afterAllWrites({ meta }: Store): Promise<void> {
  await meta.putIfAbsent('turn', '');
}

/** Makes numbered ops as a replica's journal would. */
export interface TestReplica {
  op<Type extends OpType>(type: Type, payload: Payloads[Type], over?: Partial<Op>): Op;
  push(...ops: readonly Op[]): DecodedPush;
}

export function testReplica(
  userId: string,
  options: { readonly scope?: Scope; readonly replicaId?: string; readonly stampMs?: number } = {},
): TestReplica {
  const { scope = road, replicaId = `phone-${userId}`, stampMs = 1_700_000_000_001 } = options;
  let number = 0;
  let batch = 0;
  return {
    op(type, payload, over = {}) {
      number += 1;
      return {
        type,
        payload,
        opId: `${replicaId}-${number}`,
        number,
        replicaId,
        authorId: userId,
        stamp: formatHlc(stampMs, number, replicaId),
        base: { generation: 1, seq: 0 } satisfies Base,
        version: 1,
        ...over,
      } as Op;
    },
    push(...ops) {
      batch += 1;
      return { scope, batch, runs: toRuns(ops), refused: [] };
    },
  };
}

import type { GroupState } from '../../sdk/merge/states.ts';
import { opsOf } from '../../sdk/protocol/codec.ts';
import type { SyncStatus } from '../../sdk/sync/status.ts';
import type { Violation } from '../invariants/violation.ts';
import { epochMs } from '../world/epoch.ts';
import type { Phone } from '../world/phone.ts';
import type { ServerDisk } from '../world/server-disk.ts';
import { roadScope, type ServerMachine } from '../world/server-process.ts';
import type { WireCondition } from '../world/wire.ts';
import type { World } from '../world/world.ts';
import type { PacketBook, PacketView } from './packets.ts';

/** The world at one instant, for a picture: plain data but for `shown`, which is shared and not to be changed. */
export interface StageView {
  /** Since the world began. */
  readonly nowMs: number;
  readonly phones: readonly PhoneView[];
  readonly servers: readonly ServerView[];
  readonly log: LogView;
  /** Messages on their way; none unless the stage is `pictured`. */
  readonly packets: readonly PacketView[];
  readonly violation: Violation | null;
}

/** A place in the group's log. */
export interface PlaceView {
  readonly generation: number;
  readonly seq: number;
  readonly hash: string;
}

export interface PhoneView {
  readonly index: number;
  readonly userId: string;
  readonly app: 'closed' | 'starting' | 'asleep' | 'running';
  /** What the app itself says; null while it is closed or starting. */
  readonly status: SyncStatus | null;
  /** Ops that wait here, oldest first. */
  readonly waiting: readonly {
    readonly opId: string;
    readonly type: string;
    readonly stage: string;
  }[];
  /** How far this phone has folded the group's log; null before it knows anything of it. */
  readonly cursor: PlaceView | null;
  readonly link: 'none' | 'opening' | 'open';
  /** Which server the link leads to; null where there is none. */
  readonly server: number | null;
  readonly weather: Readonly<WireCondition>;
  readonly disk: {
    readonly full: boolean;
    readonly broken: boolean;
    readonly slowestWriteMs: number;
  };
  readonly switchedOff: boolean;
  /** How far the phone's own clock is ahead of the truth. */
  readonly clockOffMs: number;
  /** How far its idea of the server's time is ahead of the truth; null before it has one. */
  readonly serverTimeOffMs: number | null;
  /** What its person sees of the group; null before anything is known. */
  readonly shown: GroupState | null;
}

export interface ServerView {
  readonly index: number;
  readonly up: boolean;
  readonly failing: boolean;
  readonly busy: boolean;
  readonly disk: { readonly full: boolean; readonly slowestWriteMs: number };
  readonly clockOffMs: number;
}

/** The group's log as the store that all servers share has it. */
export interface LogView {
  readonly head: PlaceView | null;
  /** Its last ops, newest last. */
  readonly tail: readonly {
    readonly seq: number;
    readonly type: string;
    readonly authorId: string;
    readonly opId: string;
  }[];
}

const tailCommits = 40;
const waitingShown = 40;

export function viewOf(
  { time, phones, servers, disk }: World,
  packets: PacketBook | undefined,
  violation: Violation | undefined,
): StageView {
  return {
    nowMs: time.nowMs,
    phones: phones.map((phone, index) => phoneView(phone, index, servers, time.nowMs)),
    servers: servers.map(serverView),
    log: logView(disk),
    packets: packets?.underWay() ?? [],
    violation: violation ?? null,
  };
}

function phoneView(
  { userId, run, engine, wire, disk, clock, isSwitchedOff }: Phone,
  index: number,
  servers: readonly ServerMachine[],
  nowMs: number,
): PhoneView {
  const trueMs = epochMs + nowMs;
  const link = run?.link;
  const isUp = link !== undefined && link.phase !== 'over';
  const replica = engine?.replica.scope(roadScope);
  const shown = replica?.cursor ? replica.shown : undefined;
  const { full, broken, slowestWriteMs } = disk.condition;
  return {
    index,
    userId,
    app: appOf(run),
    status: engine?.status$.value ?? null,
    waiting: [...(engine?.replica.scopes ?? [])]
      .flatMap((one) => [...one.pending()])
      .slice(0, waitingShown)
      .map(({ op, stage }) => ({ opId: op.opId, type: op.type, stage })),
    cursor: replica?.cursor ? placeView(...replica.cursor) : null,
    link: isUp ? (link.phase === 'open' ? 'open' : 'opening') : 'none',
    server: isUp && link.server ? servers.indexOf(link.server) : null,
    weather: { ...wire.condition },
    disk: { full, broken, slowestWriteMs },
    switchedOff: isSwitchedOff,
    clockOffMs: Math.round(clock.wallMs() - trueMs),
    serverTimeOffMs: engine?.time.known ? Math.round(engine.time.nowMs() - trueMs) : null,
    shown: shown?.kind === 'group' ? shown : null,
  };
}

function appOf(run: Phone['run']): PhoneView['app'] {
  if (!run) return 'closed';
  if (run.lifetime.asleep) return 'asleep';
  return run.engine ? 'running' : 'starting';
}

function serverView(
  { up, failing, busy, condition: { full, slowestWriteMs }, clockOffMs }: ServerMachine,
  index: number,
): ServerView {
  return { index, up, failing, busy, disk: { full, slowestWriteMs }, clockOffMs };
}

function logView({ logs }: ServerDisk): LogView {
  const log = logs.get(roadScope);
  const { generation, seq, hash } = log?.head ?? {};
  return {
    head: generation && seq && hash ? placeView(generation, seq, hash) : null,
    tail: (log?.commits.slice(-tailCommits) ?? []).flatMap((commit) =>
      opsOf(commit).map(({ type, authorId, opId }, index) => ({
        ...{ type, authorId, opId },
        seq: commit.seq + index,
      })),
    ),
  };
}

function placeView(generation: number, seq: number, hash: string): PlaceView {
  return { generation, seq, hash };
}

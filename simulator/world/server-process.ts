import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import { newestAcceptedVersion, oldestAcceptedVersion } from '../../sdk/protocol/version.ts';
import type { Bus } from '../../server/ports/bus.ts';
import type { LogsStore } from '../../server/ports/store.ts';
import { createHousekeeping } from '../../server/sync/housekeeping.ts';
import { createLive, type Live } from '../../server/sync/live.ts';
import { createPulls, type Pulls } from '../../server/sync/pull.ts';
import type { ScopeLogs } from '../../server/sync/scope-logs.ts';
import { createScopeLogs } from '../../server/sync/scope-logs.ts';
import { createSnapshots } from '../../server/sync/snapshots.ts';
import { type Authority, siteId } from './authority.ts';
import type { BusExchange } from './bus.ts';
import { epochMs } from './epoch.ts';
import { Lifetime } from './lifetime.ts';
import { plainCodec } from './plain-codec.ts';
import type { Random } from './random.ts';
import type { ServerDisk } from './server-disk.ts';
import { createServerStore, type DiskCondition } from './server-store.ts';
import { type Connected, createSimGateway, type GatewayWitness, type Peer } from './sim-gateway.ts';
import { type Unclear, withUnclearAppends } from './unclear-append.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The parts of a server that a mutant may put another in the place of. */
export interface ServerDecorations {
  bus?(bus: Bus): Bus;
  store?(store: LogsStore, parts: { readonly disk: ServerDisk; readonly bus: Bus }): LogsStore;
  logs?(logs: ScopeLogs): ScopeLogs;
  pulls?(pulls: Pulls, disk: ServerDisk): Pulls;
}

export interface ServerDeps {
  readonly time: VirtualTime;
  readonly disk: ServerDisk;
  readonly bus: BusExchange;
  readonly random: Random;
  readonly authority: Authority;
  readonly witness: GatewayWitness;
  readonly decorations: ServerDecorations;
  readonly onBug: (error: unknown) => void;
  readonly onCrash: () => void;
}

interface Running {
  readonly lifetime: Lifetime;
  readonly accept: (token: string, peer: Peer) => Connected;
  readonly logs: ScopeLogs;
  readonly live: Live;
  readonly store: LogsStore;
}

/** So little that logs are trimmed all the time, and whoever was away for long is given a snapshot. */
const keeping = {
  kept: { ops: 40, ms: 600_000 },
  unpruned: { ops: 40, ms: 180_000, worth: 3 },
  everyOps: 15,
};

/** One server: its machine, and the process that runs on it or does not. */
export class ServerMachine {
  readonly condition: DiskCondition = {
    slowestWriteMs: 3,
    full: false,
    crashAtAppend: undefined,
  };
  readonly unclear: Unclear = { next: undefined };
  /** Ms that its clock is off; servers keep their clocks within a second of the truth. */
  clockOffMs = 0;
  /** Every request is answered `internal`. */
  failing = false;
  /** Every request is told to come later. */
  busy = false;
  readonly #deps: ServerDeps;
  #running: Running | undefined;

  constructor(deps: ServerDeps) {
    this.#deps = deps;
    this.start();
  }

  get up(): boolean {
    return this.#running !== undefined;
  }

  get logs(): ScopeLogs | undefined {
    return this.#running?.logs;
  }

  /** What its process reads and writes. */
  get store(): LogsStore | undefined {
    return this.#running?.store;
  }

  get live(): Live | undefined {
    return this.#running?.live;
  }

  nowMs(): number {
    return epochMs + Math.floor(this.#deps.time.nowMs + this.clockOffMs);
  }

  start(): void {
    if (this.#running) return;
    const { time, disk, random, authority, witness, decorations, onBug: tellBug } = this.#deps;
    const lifetime = new Lifetime(time);
    const onBug = (error: unknown): void => {
      // A store that fails is a fault of the world, and reported as it should be.
      const isFault =
        error instanceof JamzError && ['storage-full', 'unavailable'].includes(error.code);
      if (lifetime.alive && !isFault) tellBug(error);
    };
    const joined = this.#deps.bus.join(lifetime, onBug);
    const bus = decorations.bus?.(joined) ?? joined;
    const clock = { nowMs: () => this.nowMs() };
    const { condition } = this;
    const sound = createServerStore({ disk, lifetime, condition, random });
    const plain = withUnclearAppends(sound, this.unclear);
    const store = decorations.store?.(plain, { disk, bus }) ?? plain;
    const made = createScopeLogs({ store, bus, clock, codec: plainCodec, onBug });
    const logs = decorations.logs?.(made) ?? made;
    const snapshots = createSnapshots({ store, logs, codec: plainCodec, clock, onBug });
    const plainPulls = readable(createPulls({ store, logs, snapshots, clock }));
    const pulls = decorations.pulls?.(plainPulls, disk) ?? plainPulls;
    createHousekeeping({
      ...{ store, logs, codec: plainCodec, clock, onBug, ...keeping },
      afterTurn: (run) => void lifetime.after(0, run),
    });
    const live = createLive({
      logs,
      bus,
      clock,
      schedule: (flush) => void lifetime.after(0, flush),
    });
    const groupsOf = async (userId: string) =>
      (await store.memberships.ofUser(userId)).map(({ groupId, name, role, memberCount }) => ({
        id: groupId,
        name,
        role,
        memberCount,
      }));
    const accept = createSimGateway({
      ...{ logs, pulls, live, log: store.log, bus, clock, lifetime, witness, groupsOf, onBug },
      authenticate: (token) => authority.actorOf(token, clock.nowMs()),
    });
    this.#running = { lifetime, accept, logs, live, store };
  }

  /** As `kill -9`: connections break, nothing is finished. */
  crash(): void {
    if (this.#running) this.#deps.onCrash();
    this.#running?.lifetime.end();
    this.#running = undefined;
  }

  /** Something strikes in the middle of what it does next. */
  interrupt(turns: number, strike: () => void): void {
    this.#running?.lifetime.interrupt(turns, strike);
  }

  /** @throws {JamzError} what the handshake is refused with */
  accept(token: string, peer: Peer, version: number): Connected | undefined {
    if (version > newestAcceptedVersion || version < oldestAcceptedVersion) {
      throw new JamzError('update-needed', `Protocol version ${version} is not spoken here`);
    }
    return this.#running?.accept(token, peer);
  }

  /** Whether the process that runs now is the one that ran then. */
  isStill(running: object | undefined): boolean {
    return running !== undefined && this.#running === running;
  }

  get running(): object | undefined {
    return this.#running;
  }
}

export { siteId };

/** Says of snapshots what the plain codec makes of them: JSON. */
function readable(pulls: Pulls): Pulls {
  return {
    ...pulls,
    async pull(actor, message, row) {
      const answer = await pulls.pull(actor, message, row);
      return answer.snapshot
        ? { ...answer, snapshot: { ...answer.snapshot, encoding: 'json' as const } }
        : answer;
    },
  };
}

/** The scope of the one group. */
export const roadScope: Scope = 'g:road';

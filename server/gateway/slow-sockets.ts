import type { Socket } from 'socket.io';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { HeadsMessage } from '../../sdk/protocol/wire.ts';
import type { GatewayDeps } from './gateway-deps.ts';
import { headOf } from './rounds.ts';
import { createWaiting, cutOff } from './waiting.ts';

export type SlowSocketsDeps = Pick<GatewayDeps, 'live' | 'log' | 'timers' | 'onBug'>;

/** Bounds for what lies in this process for readers that are slow. */
export interface SlowRules {
  /** Beyond it a socket gets no more of its groups' messages: it is told where they stand once it has read. */
  readonly holdBytes: number;
  /** Nothing is added beyond it, not even an answer: the socket is cut. */
  readonly cutBytes: number;
  /** For all slow sockets together, but what went to many; beyond it those are cut first for which the most waits. */
  readonly totalBytes: number;
  /** Who has taken nothing between so many looks is cut. */
  readonly patienceLooks: number;
}

/** A phone in a weak cell is some seconds behind; what an answer may hold is about a megabyte. */
export const slowRules: SlowRules = {
  holdBytes: 65_536,
  cutBytes: 8_388_608,
  totalBytes: 268_435_456,
  patienceLooks: 120,
};

/** How often slow sockets are looked at. */
const lookEveryMs = 250;

/** Sockets whose readers take less than is said to them. */
export interface SlowSockets {
  /** Keeps what waits for a socket within bounds, from now on. */
  watch(socket: Socket): void;
  /**
   * Asked where a message of a group cannot leave at once.
   *
   * @returns true: it need not be queued, the socket is told the newest of it later
   */
  holdsBack(socket: Socket, scope: Scope, event: GroupEvent): boolean;
  count(): SlowCount;
  stop(): void;
}

export interface SlowCount {
  /** Sockets that are behind now. */
  readonly behind: number;
  /** What waits for them in this process. */
  readonly waitingBytes: number;
  /** Those that were cut for it, since the start. */
  readonly cut: number;
}

/** What goes to all who follow a scope. */
export type GroupEvent = 'commits' | 'live';

/** What a socket was not told, and for how long it has taken nothing. */
interface Lag {
  readonly missed: Readonly<Record<GroupEvent, Set<Scope>>>;
  taken: number;
  looks: number;
}

export function createSlowSockets(
  { live, log, timers, onBug }: SlowSocketsDeps,
  rules: SlowRules = slowRules,
): SlowSockets {
  const { watch, bytes, ownBytes, taken } = createWaiting();
  const slow = new Map<Socket, Lag>();
  /** Those whose connection has not closed yet. */
  const endings = new WeakSet<Socket>();
  let cut = 0;

  const lagOf = (socket: Socket): Lag => {
    const known = slow.get(socket);
    if (known) return known;
    const missed = { commits: new Set<Scope>(), live: new Set<Scope>() };
    const lag: Lag = { missed, taken: taken(socket.conn), looks: 0 };
    slow.set(socket, lag);
    return lag;
  };

  const end = (socket: Socket): void => {
    if (socket.conn.readyState === 'closed' || endings.has(socket)) return;
    endings.add(socket);
    slow.delete(socket);
    cut += 1;
    cutOff(socket.conn);
  };

  const tellNewest = async (socket: Socket, { missed }: Lag): Promise<void> => {
    const stillFollows = (scope: Scope): boolean => socket.rooms.has(scope);
    const heads: HeadsMessage = await Promise.all(
      [...missed.commits].filter(stillFollows).map((scope) => headOf(scope, log)),
    );
    const told = heads.filter(([scope]) => stillFollows(scope));
    if (told.length > 0) socket.emit('heads', told);
    for (const scope of [...missed.live].filter(stillFollows)) {
      socket.emit('live', { ...live.known(scope), whole: true });
    }
  };

  const look = (): void => {
    const waiting: [socket: Socket, bytes: number][] = [];
    let total = 0;
    for (const [socket, lag] of slow) {
      const left = bytes(socket.conn);
      const takenNow = taken(socket.conn);
      lag.looks = takenNow > lag.taken ? 0 : lag.looks + 1;
      lag.taken = takenNow;
      if (socket.disconnected) slow.delete(socket);
      else if (left === 0) {
        slow.delete(socket);
        tellNewest(socket, lag).catch(onBug);
      } else if (lag.looks > rules.patienceLooks) end(socket);
      else {
        const own = ownBytes(socket.conn);
        total += own;
        waiting.push([socket, own]);
      }
    }
    if (total <= rules.totalBytes) return;
    waiting.sort(([, one], [, other]) => other - one);
    for (const [socket, own] of waiting) {
      if (total <= rules.totalBytes) return;
      total -= own;
      end(socket);
    }
  };

  return {
    watch: (socket) =>
      watch(socket.conn, (waits) => {
        if (waits > rules.cutBytes) end(socket);
        else if (waits > rules.holdBytes && !endings.has(socket)) lagOf(socket);
      }),
    holdsBack(socket, scope, event) {
      if (endings.has(socket)) return true;
      const known = slow.get(socket);
      // Of positions only the newest are worth a queue, and they can be had at any time.
      const bound = event === 'live' ? 0 : rules.holdBytes;
      if (!known?.missed[event].has(scope) && bytes(socket.conn) <= bound) return false;
      lagOf(socket).missed[event].add(scope);
      return true;
    },
    count() {
      let waitingBytes = 0;
      for (const { conn } of slow.keys()) waitingBytes += bytes(conn);
      return { behind: slow.size, waitingBytes, cut };
    },
    stop: timers.every(lookEveryMs, look),
  };
}

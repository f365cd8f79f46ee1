import { refusalOf } from '../merge/admissible.ts';
import { emptyState, foldOp, foldVersion, isApplied } from '../merge/fold.ts';
import { encodeSnapshot } from '../merge/snapshot.ts';
import type { ScopeState } from '../merge/states.ts';
import { toOp, toRanges, toRuns } from '../protocol/codec.ts';
import { JamzError } from '../protocol/errors.ts';
import { groupScope, type Scope, type UserId, userScope } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import { protocolVersion } from '../protocol/version.ts';
import type {
  AckedCommit,
  Commit,
  Cursor,
  EndedScope,
  HelloAnswer,
  HelloMessage,
  LiveReport,
  PullAnswer,
  PullMessage,
  PushAnswer,
  PushMessage,
  WireGroup,
  WireRefusal,
  WireUser,
} from '../protocol/wire.ts';

/** One replica's end of the loopback. */
export interface LoopbackSocket {
  readonly userId: UserId;
  send(event: string, payload: unknown): void;
}

interface Log {
  state: ScopeState;
  commits: Commit[];
  seq: number;
}

/**
 * A server that lives in this process and keeps nothing: for tests of hosts and of the SDK itself. It orders, folds
 * and answers like the real one, but lets every member do everything.
 */
export class LoopbackServer {
  readonly #nowMs: () => number;
  readonly #logs = new Map<Scope, Log>();
  readonly #followers = new Map<Scope, Set<LoopbackSocket>>();
  /** Who people are; whoever is not here is a guest whose name is their id. */
  readonly users: Map<UserId, WireUser> = new Map();
  /** Asked before an op is taken; an error refuses it, `retry` puts it off. */
  judge: ((op: Op) => { error: JamzError; retry?: boolean } | undefined) | undefined;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Makes a group with its members; the first is the owner. */
  createGroup(
    groupId: string,
    members: readonly { userId: UserId; name: string }[],
    name: string = groupId,
  ): Scope {
    const scope = groupScope(groupId);
    const policies = { join: 'open', add: 'everyone', control: 'everyone' } as const;
    const first = members[0]?.userId ?? 'server';
    this.#append(scope, [
      this.#serverOp(scope, 1, first, 'group.create', { name, policies }),
      ...members.map(({ userId, name }, index) =>
        this.#serverOp(scope, index + 2, userId, 'members.join', {
          memberId: userId,
          name,
          role: index === 0 ? 'owner' : 'member',
        }),
      ),
    ]);
    return scope;
  }

  /** Writes an op of the server's own, as the one by which somebody comes into a group. */
  submit(scope: Scope, authorId: UserId, type: Op['type'], payload: unknown): void {
    this.#append(scope, [this.#serverOp(scope, this.headOf(scope) + 1, authorId, type, payload)]);
  }

  stateOf(scope: Scope): ScopeState {
    return this.#log(scope).state;
  }

  headOf(scope: Scope): number {
    return this.#log(scope).seq;
  }

  async handle(socket: LoopbackSocket, event: string, payload: unknown): Promise<unknown> {
    switch (event) {
      case 'time': {
        const nowMs = this.#nowMs();
        return [nowMs, nowMs];
      }
      case 'hello':
        return this.#hello(socket, payload as HelloMessage);
      case 'follow':
        return { ...(await this.#follow(socket, payload as PullMessage)), live: noLive(payload) };
      case 'unfollow':
        this.#followers.get((payload as PullMessage).scope)?.delete(socket);
        return null;
      case 'pull':
        return this.#pull(payload as PullMessage);
      case 'push':
        return this.#push(socket, payload as PushMessage);
      case 'live':
        this.#live(socket, payload as LiveReport);
        return null;
      case 'token':
        return null;
      default:
        throw new JamzError('invalid', `There is no event “${event}”.`);
    }
  }

  left(socket: LoopbackSocket): void {
    for (const followers of this.#followers.values()) followers.delete(socket);
  }

  async #hello(socket: LoopbackSocket, message: HelloMessage): Promise<HelloAnswer> {
    const pulls: PullAnswer[] = [];
    const ended: EndedScope[] = [];
    for (const pull of message.scopes) {
      try {
        pulls.push(await this.#follow(socket, pull));
      } catch (error) {
        if (!(error instanceof JamzError)) throw error;
        const code = error.code === 'forbidden' ? error.code : 'not-found';
        ended.push({ scope: pull.scope, code, message: error.message });
      }
    }
    return {
      serverVersion: protocolVersion,
      user: this.users.get(socket.userId) ?? guest(socket.userId),
      groups: this.groupsOf(socket.userId),
      pulls,
      ended,
      live: [],
    };
  }

  /** The groups that somebody is in. */
  groupsOf(userId: UserId): readonly WireGroup[] {
    return [...this.#logs].flatMap(([scope, { state }]) => {
      const member = state.kind === 'group' && state.members.present.get(userId);
      if (!member || state.info.info.deleted) return [];
      const { name } = state.info.info;
      const memberCount = state.members.present.size;
      return [{ id: scope.slice(2), name, role: member.role, memberCount }];
    });
  }

  #follow(socket: LoopbackSocket, message: PullMessage): Promise<PullAnswer> {
    const group = message.scope.startsWith('g:') && !this.#logs.has(message.scope);
    if (group) throw new JamzError('not-found', 'There is no such group.');
    if (message.scope.startsWith('u:') && message.scope !== userScope(socket.userId)) {
      throw new JamzError('forbidden', 'That is somebody else’s.');
    }
    let followers = this.#followers.get(message.scope);
    if (!followers) {
      followers = new Set();
      this.#followers.set(message.scope, followers);
    }
    followers.add(socket);
    return this.#pull(message);
  }

  async #pull({ scope, cursor }: PullMessage): Promise<PullAnswer> {
    const log = this.#log(scope);
    const head = cursorOf(log);
    if (cursor) {
      return { scope, head, commits: log.commits.filter((commit) => commit.seq > cursor[1]) };
    }
    const chunk = new TextEncoder().encode(JSON.stringify(encodeSnapshot(log.state)));
    const totalBytes = chunk.byteLength;
    const snapshot = { cursor: head, foldVersion, totalBytes, encoding: 'json' } as const;
    return { scope, head, snapshot, chunk, commits: [] };
  }

  #push(socket: LoopbackSocket, message: PushMessage): PushAnswer {
    const { scope, batch } = message;
    const accepted: Op[] = [];
    const known: number[] = [];
    const refused: WireRefusal[] = [];
    const retry: WireRefusal[] = [];
    let { state, seq } = this.#log(scope);
    const edit = {};
    for (const run of message.runs) {
      for (const wire of run.ops) {
        const op = toOp(run, wire);
        if (isApplied(state, op.replicaId, op.number)) {
          known.push(op.number);
          continue;
        }
        const judged = this.judge?.(op);
        const refusal = judged?.error ?? refusalOf(state, op, this.#nowMs());
        if (refusal) {
          (judged?.retry ? retry : refused).push([op.number, refusal.code, refusal.message]);
          continue;
        }
        seq += 1;
        state = foldOp(state, op, { at: { generation: 1, seq, atMs: this.#nowMs() }, edit });
        accepted.push(op);
      }
    }
    const commit = accepted.length > 0 ? this.#append(scope, accepted, socket) : undefined;
    const own = toRanges(accepted.map((op) => op.number));
    const commits: AckedCommit[] = commit ? [{ ...commit, runs: [{ own }] }] : [];
    const applied = toRanges([...known, ...accepted.map((op) => op.number)]);
    return { scope, batch, applied, refused, retry, commits, head: cursorOf(this.#log(scope)) };
  }

  #append(scope: Scope, ops: readonly Op[], except?: LoopbackSocket): Commit {
    const log = this.#log(scope);
    const commit: Commit = {
      generation: 1,
      seq: log.seq + 1,
      count: ops.length,
      atMs: this.#nowMs(),
      hash: hashAt(log.seq + ops.length),
      runs: toRuns(ops),
    };
    const edit = {};
    let { seq } = commit;
    for (const op of ops) {
      log.state = foldOp(log.state, op, { at: { generation: 1, seq, atMs: commit.atMs }, edit });
      seq += 1;
    }
    log.seq += ops.length;
    log.commits.push(commit);
    for (const follower of this.#followers.get(scope) ?? []) {
      if (follower !== except) follower.send('commits', { scope, commits: [commit] });
    }
    return commit;
  }

  #live(socket: LoopbackSocket, { scope, ...report }: LiveReport): void {
    const entries = [{ ...report, memberId: socket.userId }];
    for (const follower of this.#followers.get(scope) ?? []) {
      follower.send('live', { scope, entries });
    }
  }

  #log(scope: Scope): Log {
    let log = this.#logs.get(scope);
    if (!log) {
      log = { state: emptyState(scope), commits: [], seq: 0 };
      this.#logs.set(scope, log);
    }
    return log;
  }

  #serverOp(
    scope: Scope,
    number: number,
    authorId: UserId,
    type: Op['type'],
    payload: unknown,
  ): Op {
    const base = { generation: 1, seq: this.#log(scope).seq };
    return {
      type,
      payload,
      opId: `server-${number}`,
      number,
      replicaId: 'server',
      authorId,
      stamp: `${this.#nowMs().toString(36).padStart(9, '0')}.0000.server`,
      base,
      version: protocolVersion,
    } as Op;
  }
}

function guest(id: UserId): WireUser {
  return { id, name: id, guest: true };
}

function cursorOf(log: Log): Cursor {
  return [1, log.seq, log.seq === 0 ? '' : hashAt(log.seq)];
}

/** Stands for a chain hash: nothing here forks. */
function hashAt(seq: number): string {
  return seq.toString(16).padStart(16, '0');
}

function noLive(payload: unknown): { scope: Scope; entries: [] } {
  return { scope: (payload as PullMessage).scope, entries: [] };
}

import {
  type Decoded,
  decodeChunk,
  decodeHello,
  decodeLiveReport,
  decodePull,
  decodePush,
} from '../../sdk/protocol/decode.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Scope, UserId } from '../../sdk/protocol/ids.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type {
  Answer,
  HeadsMessage,
  PushAnswer,
  WireError,
  WireGroup,
} from '../../sdk/protocol/wire.ts';
import type { Actor } from '../../server/access/actor.ts';
import { callerOf } from '../../server/access/caller.ts';
import { authorise, rowForEvent } from '../../server/access/table.ts';
import type { Bus, BusMessage } from '../../server/ports/bus.ts';
import type { Clock } from '../../server/ports/clock.ts';
import type { LogHead, LogStore } from '../../server/ports/store.ts';
import { createInOrder } from '../../server/sync/in-order.ts';
import type { Outcome } from '../../server/sync/job.ts';
import type { Live } from '../../server/sync/live.ts';
import type { Pulls } from '../../server/sync/pull.ts';
import type { ScopeLogs } from '../../server/sync/scope-logs.ts';
import { asWireError } from '../../server/sync/wire-error.ts';
import { greetingWithLive, withLive } from '../../server/sync/with-live.ts';
import type { Lifetime } from './lifetime.ts';
import { follow, greet } from './sim-follow.ts';
import { createSimMembers } from './sim-members.ts';

/** The replica's end of a connection, as the server sees it. */
export interface Peer {
  send(event: string, payload: unknown): void;
  /** The server ends the connection, saying why. */
  bye(reason: WireError): void;
}

/** The server's end of a connection, as the network sees it. */
export interface Connected {
  receive(event: string, input: unknown, reply: (answer: Answer<unknown>) => void): void;
  /** The connection is gone. */
  lost(): void;
}

export interface SimSession {
  readonly peer: Peer;
  readonly actor: Actor;
  readonly rooms: Set<Scope>;
  pushesUnderWay: number;
}

/** Sees what a gateway says and to whom: the referee's place. */
export interface GatewayWitness {
  answered(session: SimSession, push: unknown, answer: PushAnswer): void;
  told(session: SimSession, scope: Scope, message: BusMessage): void;
}

export interface SimGatewayDeps {
  readonly logs: ScopeLogs;
  readonly pulls: Pulls;
  readonly live: Live;
  readonly log: Pick<LogStore, 'head' | 'read'>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly lifetime: Lifetime;
  readonly witness: GatewayWitness;
  readonly groupsOf: (userId: UserId) => Promise<readonly WireGroup[]>;
  readonly authenticate: (token: string) => Actor;
  readonly onBug: (error: unknown) => void;
}

const headsEveryMs = 10_000;

/**
 * The socket gateway without Socket.IO: the same events, doors and order of things as `server/gateway`, over
 * connections that the simulated network carries.
 *
 * @returns takes a new connection; throws what the handshake is refused with
 */
export function createSimGateway(deps: SimGatewayDeps): (token: string, peer: Peer) => Connected {
  const { logs, pulls, live, log, bus, clock, lifetime, witness, onBug } = deps;
  const sessions = new Set<SimSession>();
  /** `<scope> <seq> <hash>` → who got that commit with the answer to their push. */
  const delivered = new Map<string, SimSession[]>();

  const event =
    <Message, Result>(
      decode: (input: unknown) => Decoded<Message>,
      work: (session: SimSession, message: Message) => Promise<Result>,
      complete: (result: Result) => unknown = (result) => result,
    ) =>
    (session: SimSession, input: unknown, answer: (outcome: Outcome<unknown>) => void): void => {
      const decoded = decode(input);
      if (decoded.error) throw decoded.error;
      work(session, decoded.ok).then(
        (result) => answer({ ok: complete(result) }),
        (error: unknown) => answer({ error }),
      );
    };

  const push: Handler = (session, input, answer) => {
    if (session.pushesUnderWay >= limits.pushWindow) {
      throw new JamzError('rate-limited', 'Too many pushes under way', { retryAfterMs: 100 });
    }
    const decoded = decodePush(input);
    if (decoded.error) throw decoded.error;
    session.pushesUnderWay += 1;
    const settle = (outcome: Outcome<PushAnswer>): void => {
      session.pushesUnderWay -= 1;
      if ('ok' in outcome) {
        const { scope, commits } = outcome.ok;
        for (const { seq, hash } of commits) {
          const key = `${scope} ${seq} ${hash}`;
          delivered.set(key, [...(delivered.get(key) ?? []), session]);
        }
        witness.answered(session, input, outcome.ok);
      }
      answer(outcome);
    };
    logs.submit(session.actor, decoded.ok, settle, session);
  };

  const handlers: Readonly<Record<string, Handler>> = {
    hello: event(
      decodeHello,
      (session, hello) => greet(session, hello, deps),
      (answer) => greetingWithLive(answer, live),
    ),
    follow: event(
      decodePull,
      (session, message) => follow(session, message, deps),
      (answer) => withLive(answer, live),
    ),
    push,
    pull: event(decodePull, ({ actor }, message) => pulls.pull(actor, message)),
    chunk: event(decodeChunk, ({ actor }, message) => pulls.chunk(actor, message)),
    live: event(decodeLiveReport, async ({ actor }, report) => {
      await live.report(actor, report);
      return null;
    }),
  };

  const serve = (
    session: SimSession,
    name: string,
    input: unknown,
    reply: (answer: Answer<unknown>) => void,
  ): void => {
    const answer = (outcome: Outcome<unknown>): void => {
      if (!lifetime.alive) return;
      reply('ok' in outcome ? { ok: outcome.ok } : { error: asWireError(outcome.error, onBug) });
    };
    try {
      if (session.actor.expiresAtMs <= clock.nowMs()) {
        throw new JamzError('token-expired', 'The token has expired: renew it');
      }
      const row = rowForEvent(name);
      if (row.verdicts.outsider === 'yes') authorise(row, callerOf(session.actor));
      handlers[name]?.(session, input, answer);
    } catch (error) {
      answer({ error });
    }
  };

  const tellHeads = async (): Promise<void> => {
    const known = new Map<Scope, HeadsMessage[number]>();
    for (const session of [...sessions]) {
      const heads: HeadsMessage[number][] = [];
      for (const scope of session.rooms) {
        const head = known.get(scope) ?? headOf(scope, await log.head(scope));
        known.set(scope, head);
        heads.push(head);
      }
      if (heads.length > 0 && sessions.has(session)) session.peer.send('heads', heads);
    }
  };
  every(lifetime, headsEveryMs, () => tellHeads().catch(onBug));

  const isFollowed = (scope: Scope): boolean => [...sessions].some(({ rooms }) => rooms.has(scope));

  const inOrder = createInOrder({
    ...{ log, isFollowed, inDoubt: logs.inDoubt, look: logs.viewOf },
    send(scope, commits) {
      const [only] = commits;
      const key = `${scope} ${only?.seq} ${only?.hash}`;
      const except = commits.length === 1 ? (delivered.get(key) ?? []) : [];
      delivered.delete(key);
      for (const session of sessions) {
        if (!session.rooms.has(scope) || except.includes(session)) continue;
        witness.told(session, scope, { kind: 'commits', scope, commits });
        session.peer.send('commits', { scope, commits });
      }
    },
  });
  const members = createSimMembers({ logs, onBug, sessions });
  logs.onMembersRead(members.checkAll);

  const leave = (session: SimSession): boolean => {
    const wasHere = sessions.delete(session);
    for (const scope of session.rooms) if (!isFollowed(scope)) inOrder.forget(scope);
    return wasHere;
  };

  bus.subscribe((message, origin) => {
    switch (message.kind) {
      case 'commits':
        return inOrder.take(message.scope, message.commits, undefined);
      case 'live':
        for (const session of sessions) {
          if (!session.rooms.has(message.message.scope)) continue;
          witness.told(session, message.message.scope, message);
          session.peer.send('live', message.message);
        }
        return;
      case 'ended':
        if (origin === 'elsewhere') return members.checkOne(message.userId, message.ended.scope);
        for (const session of sessions) {
          if (session.actor.userId !== message.userId) continue;
          if (session.rooms.delete(message.ended.scope)) session.peer.send('ended', message.ended);
        }
        return;
      case 'groups':
        lifetime.after(0, () => {
          deps.groupsOf(message.userId).then((groups) => {
            for (const session of sessions) {
              if (session.actor.userId === message.userId) session.peer.send('groups', groups);
            }
          }, onBug);
        });
        return;
      case 'signed-out':
        return;
    }
  });

  return (token, peer) => {
    const actor = deps.authenticate(token);
    const session: SimSession = { peer, actor, rooms: new Set(), pushesUnderWay: 0 };
    sessions.add(session);
    const stopExpiry = lifetime.after(Math.max(0, actor.expiresAtMs - clock.nowMs()), () => {
      if (!leave(session)) return;
      peer.bye({ code: 'token-expired', message: 'The token has expired: renew it' });
    });
    return {
      receive: (name, input, reply) => lifetime.enter(() => serve(session, name, input, reply)),
      lost() {
        stopExpiry();
        leave(session);
      },
    };
  };
}

type Handler = (
  session: SimSession,
  input: unknown,
  answer: (outcome: Outcome<unknown>) => void,
) => void;

function headOf(scope: Scope, head: LogHead | undefined): HeadsMessage[number] {
  return [scope, head?.generation ?? 1, head?.seq ?? 0];
}

function every(lifetime: Lifetime, periodMs: number, run: () => void): void {
  lifetime.after(periodMs, () => {
    run();
    every(lifetime, periodMs, run);
  });
}

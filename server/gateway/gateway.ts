import { Server, type Socket } from 'socket.io';
import { Decoder } from 'socket.io-parser';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import { type Answer, socketPath } from '../../sdk/protocol/wire.ts';
import { callerOf } from '../access/caller.ts';
import { authorise, rowForEvent } from '../access/table.ts';
import type { Outcome } from '../sync/job.ts';
import { asWireError } from '../sync/wire-error.ts';
import { createAdmission } from './admission.ts';
import { createBroadcasts } from './broadcasts.ts';
import { createDelivered } from './delivered.ts';
import { type DrainPlan, drain, drainPlan } from './drain.ts';
import { type SocketEvent, socketEvents } from './events.ts';
import { farewell } from './farewell.ts';
import { createFloodGuard } from './flood-guard.ts';
import { FrameSocketServer } from './frame-socket.ts';
import type { GatewayDeps } from './gateway-deps.ts';
import { introduce } from './handshake.ts';
import { createLateAnswers } from './late-answers.ts';
import { createLookAgain } from './look-again.ts';
import { createMembers } from './members.ts';
import { PacketEncoder } from './packet-encoder.ts';
import { headSlots, startRounds } from './rounds.ts';
import { familyRoom, type Session, userRoom } from './session.ts';
import { createSlowSockets, type SlowCount } from './slow-sockets.ts';

/** How long a stop waits for what has been sent to arrive. */
const flushWithinMs = 2_000;

export interface Gateway {
  /** Sockets open now. */
  readonly socketCount: number;
  /** Sockets whose readers take less than is said to them, and those that were cut for it. */
  readonly slowSockets: SlowCount;
  /** Tells every replica to come back in a while, and closes. The HTTP server is its owner's to close. */
  stop(): Promise<void>;
}

/** Socket.IO on the given HTTP server: the events of `sdk/protocol/wire.ts`. */
export function createGateway(deps: GatewayDeps): Gateway {
  const { httpServer, bus, clock, timers, random, onBug } = deps;
  const io = new Server(httpServer, {
    path: socketPath,
    serveClient: false,
    perMessageDeflate: false,
    wsEngine: FrameSocketServer,
    // Twice the limit, so that a message a little too large gets an answer; beyond it the connection is cut.
    maxHttpBufferSize: 2 * limits.maxMessageBytes,
    connectTimeout: 10_000,
    pingInterval: deps.pingEveryMs ?? 10_000,
    pingTimeout: 10_000,
    // Which pages may come is the site's to say, at the handshake. No cookies are involved.
    cors: { origin: true },
    parser: { Encoder: PacketEncoder, Decoder },
  });
  const sessions = new Set<Session>();
  const introduced = new WeakMap<Socket, Omit<Session, 'socket'>>();
  const delivered = createDelivered();
  const late = createLateAnswers(onBug);
  const events = socketEvents({
    ...deps,
    late,
    answered: ({ socket }, { scope, commits }) => {
      for (const commit of commits) delivered.note(scope, commit, socket.id);
    },
  });
  const handlers = Object.entries(events).map(
    ([name, handle]) => [name, rowForEvent(name), handle] as const,
  );
  const members = createMembers(io, {
    ...deps,
    userOf: (socket) => introduced.get(socket)?.actor.userId,
  });
  const slow = createSlowSockets(deps, deps.slow);
  const ends = [
    bus.subscribe(createBroadcasts(io, delivered, { ...deps, late, members, slow })),
    deps.logs.onMembersRead(members.checkAll),
    startRounds(sessions, { ...deps, slow }, createLookAgain({ io, slow }, members, deps)),
    slow.stop,
  ];
  const admission = createAdmission(deps, deps.admission);
  let nextSlot = 0;

  const comeBack = ([fromMs, toMs]: DrainPlan['returnMs']) => {
    const retryAfterMs = Math.round(fromMs + random() * (toMs - fromMs));
    return new JamzError('unavailable', 'The server is restarting: come back in a while', {
      retryAfterMs,
    });
  };

  io.use((socket, next) => {
    const admitted = async (): Promise<void> => {
      const greeted = await admission.enter();
      socket.conn.once('close', greeted);
      const introduction = await introduce(socket, deps.authenticate).catch((error: unknown) => {
        greeted();
        throw error;
      });
      const closed = await deps.openSocket?.(introduction.actor.siteId);
      if (closed && socket.conn.readyState === 'closed') closed();
      else if (closed) socket.conn.once('close', closed);
      nextSlot = (nextSlot + 1) % headSlots;
      const count = createFloodGuard(clock);
      introduced.set(socket, {
        ...introduction,
        greeted,
        pushesUnderWay: 0,
        hasSentTooMuch: false,
        slot: nextSlot,
        count,
      });
    };
    admitted().then(
      () => next(),
      (error: unknown) => {
        const data = asWireError(error, onBug);
        next(Object.assign(new Error(data.message), { data }));
      },
    );
  });

  const answerTo = (reply: unknown) => (outcome: Outcome<unknown>) => {
    if (typeof reply !== 'function') return;
    const answer: Answer<unknown> =
      'ok' in outcome ? { ok: outcome.ok } : { error: asWireError(outcome.error, onBug) };
    reply(answer);
  };

  const serve = (
    session: Session,
    [name, row, handle]: readonly [string, ReturnType<typeof rowForEvent>, SocketEvent],
  ): void => {
    session.socket.on(name, (input: unknown, reply: unknown) => {
      const answer = answerTo(reply);
      try {
        session.count(1);
        if (session.actor.expiresAtMs <= clock.nowMs() && name !== 'token') {
          throw new JamzError('token-expired', 'The token has expired: renew it');
        }
        // Doors that depend on a scope are asked again, with it, by the use case.
        if (row.verdicts.outsider === 'yes') authorise(row, callerOf(session.actor));
        handle(session, input, answer);
      } catch (error) {
        answer({ error });
      }
    });
  };

  io.on('connection', (socket) => {
    const who = introduced.get(socket);
    if (!who) return socket.disconnect(true);
    const session: Session = { socket, ...who };
    sessions.add(session);
    slow.watch(socket);
    socket.on('disconnect', () => sessions.delete(session));
    socket.conn.on('packet', ({ data }: { readonly data?: { readonly length: number } }) => {
      if (data && data.length > limits.maxMessageBytes) session.hasSentTooMuch = true;
    });
    // Without a listener Socket.IO prints to the console; what is wrong ends this one connection.
    socket.on('error', () => {});
    const rooms = [userRoom(who.actor.userId), familyRoom(who.actor.familyId)];
    Promise.resolve(socket.join(rooms)).catch(onBug);
    for (const handler of handlers) serve(session, handler);
    return undefined;
  });

  return {
    get socketCount() {
      return sessions.size;
    },
    get slowSockets() {
      return slow.count();
    },
    async stop() {
      const plan = drainPlan(sessions.size, bus.health().others);
      admission.close(() => comeBack(plan.returnMs));
      const closed = [...sessions].map(
        ({ socket }) => new Promise<void>((resolve) => socket.conn.once('close', () => resolve())),
      );
      await drain(sessions, plan, timers, ({ socket }) =>
        farewell(socket, asWireError(comeBack(plan.returnMs), onBug)),
      );
      for (const end of ends) end();
      await new Promise<void>((resolve) => {
        const cancel = timers.after(flushWithinMs, resolve);
        Promise.all(closed).then(() => {
          cancel();
          resolve();
        }, onBug);
      });
      io.engine.close();
    },
  };
}

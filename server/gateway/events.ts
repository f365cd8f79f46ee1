import {
  type Decoded,
  decodeChunk,
  decodeHello,
  decodeLiveReport,
  decodePull,
  decodePush,
} from '../../sdk/protocol/decode.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { PushAnswer } from '../../sdk/protocol/wire.ts';
import type { Outcome } from '../sync/job.ts';
import { greetingWithLive, withLive } from '../sync/with-live.ts';
import { asBase64, withTextChunk } from './chunk-text.ts';
import { createFineTime } from './fine-time.ts';
import { opsPerEvent } from './flood-guard.ts';
import { follow, greet } from './follow.ts';
import type { GatewayDeps } from './gateway-deps.ts';
import type { LateAnswers } from './late-answers.ts';
import { renewToken } from './renew-token.ts';
import type { Session } from './session.ts';

/** What an event does. It answers once, through `answer`, or throws before it has begun. */
export type SocketEvent = (
  session: Session,
  input: unknown,
  answer: (outcome: Outcome<unknown>) => void,
) => void;

export interface EventDeps extends GatewayDeps {
  /** A push's answer is on its way to a socket: the broadcast of its commits can leave that one out. */
  readonly answered: (session: Session, answer: PushAnswer) => void;
  readonly late: LateAnswers;
}

/** Every socket event by name. Each has a row in the access table, or the server does not start. */
export function socketEvents(deps: EventDeps): Readonly<Record<string, SocketEvent>> {
  const { pulls, live, clock, monotonicMs } = deps;
  const fineTime = createFineTime(clock, monotonicMs);
  return {
    time: (_session, _input, answer) => {
      const receivedMs = fineTime();
      answer({ ok: [receivedMs, fineTime()] });
    },
    hello: event(
      decodeHello,
      (session, hello) => greet(session, hello, deps).finally(session.greeted),
      (answer) => greetingWithLive(answer, live),
    ),
    follow: event(
      decodePull,
      (session, message) => follow(session, message, deps),
      (answer) => withLive(answer, live),
    ),
    unfollow: event(decodeScope, async ({ socket }, scope) => {
      await socket.leave(scope);
      return null;
    }),
    push: (session, input, answer) => takePush(session, input, deps, answer),
    pull: event(decodePull, async ({ actor }, message) =>
      withTextChunk(await pulls.pull(actor, message)),
    ),
    chunk: event(decodeChunk, async ({ actor }, message) =>
      asBase64(await pulls.chunk(actor, message)),
    ),
    live: event(decodeLiveReport, async ({ actor }, report) => {
      await live.report(actor, report);
      return null;
    }),
    token: event(decodeToken, async (session, token) => {
      await renewToken(session, token, deps.authenticate);
      return null;
    }),
  };
}

/**
 * An event that decodes its message, works, and answers with the result.
 *
 * @param complete adds in the answer's own turn what must be neither older nor newer than what was told before it
 */
function event<Message, Result>(
  decode: (input: unknown) => Decoded<Message>,
  work: (session: Session, message: Message) => Promise<Result>,
  complete: (result: Result) => unknown = (result) => result,
): SocketEvent {
  return (session, input, answer) => {
    const decoded = decode(input);
    if (decoded.error) throw decoded.error;
    work(session, decoded.ok).then(
      (result) => answer({ ok: complete(result) }),
      (error: unknown) => answer({ error }),
    );
  };
}

/** The answer leaves in the very turn that settles it, so that it is on its way before any later commit. */
function takePush(
  session: Session,
  input: unknown,
  { logs, answered, late }: EventDeps,
  answer: (outcome: Outcome<unknown>) => void,
): void {
  if (session.pushesUnderWay >= limits.pushWindow) {
    const message = `At most ${limits.pushWindow} pushes under way at once: wait for an answer`;
    throw new JamzError('rate-limited', message, { retryAfterMs: 100 });
  }
  if (session.hasSentTooMuch && JSON.stringify(input ?? null).length > limits.maxMessageBytes) {
    const message = `A message holds at most ${limits.maxMessageBytes} bytes: send fewer ops at once`;
    throw new JamzError('too-large', message);
  }
  const decoded = decodePush(input);
  if (decoded.error) throw decoded.error;
  session.count(decoded.ok.runs.reduce((sum, { ops }) => sum + ops.length, 0) / opsPerEvent);
  session.pushesUnderWay += 1;
  const settle = (outcome: Outcome<PushAnswer>): void => {
    session.pushesUnderWay -= 1;
    if ('ok' in outcome) answered(session, outcome.ok);
    late.add(() => answer(outcome));
  };
  logs.submit(session.actor, decoded.ok, settle, session);
}

function decodeScope(input: unknown): Decoded<Scope> {
  const decoded = decodePull({ scope: fieldOf(input, 'scope'), cursor: null });
  return decoded.error ? decoded : { ok: decoded.ok.scope };
}

function decodeToken(input: unknown): Decoded<string> {
  const token = fieldOf(input, 'token');
  return typeof token === 'string'
    ? { ok: token }
    : { error: new JamzError('invalid', 'Malformed message: “token” must be text') };
}

function fieldOf(input: unknown, field: string): unknown {
  return typeof input === 'object' && input !== null ? Reflect.get(input, field) : undefined;
}

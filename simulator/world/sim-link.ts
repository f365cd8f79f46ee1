import { isErrorCode, JamzError } from '../../sdk/protocol/errors.ts';
import type { Answer, WireError } from '../../sdk/protocol/wire.ts';
import type { Link, LinkEvents, LinkFailure } from '../../sdk/transport/link.ts';
import type { Lifetime } from './lifetime.ts';
import type { ServerMachine } from './server-process.ts';
import type { Connected, Peer } from './sim-gateway.ts';
import { spoken } from './spoken.ts';
import { socketTimeoutMs, type Wire } from './wire.ts';

export interface SimLinkDeps {
  readonly wire: Wire;
  readonly lifetime: Lifetime;
  readonly server: ServerMachine | undefined;
  readonly token: string;
  /** Of the protocol, as this app speaks it. */
  readonly version: number;
  readonly events: LinkEvents;
  readonly sent: (event: string, payload: unknown) => void;
  readonly delivered: (event: string, payload: unknown) => void;
}

const connectTimeoutMs = 10_000;

/** One connection between a phone and a server's process, over a wire that does what wires do. */
export class SimLink implements Link {
  readonly #deps: SimLinkDeps;
  readonly #waiting = new Set<(error: JamzError) => void>();
  #phase: 'opening' | 'open' | 'over' = 'opening';
  #connected: Connected | undefined;
  #process: object | undefined;
  #knocked = false;

  constructor(deps: SimLinkDeps) {
    this.#deps = deps;
    const { lifetime } = deps;
    const giveUp = lifetime.after(connectTimeoutMs, () => this.#end(unreachable()));
    this.#up('connect', () => {
      // A stream is opened once, however often its first packet comes.
      if (!this.#knocked) this.#knock(giveUp);
      this.#knocked = true;
    });
  }

  get phase(): 'opening' | 'open' | 'over' {
    return this.#phase;
  }

  get server(): ServerMachine | undefined {
    return this.#deps.server;
  }

  get isOpen(): boolean {
    return this.#phase === 'open';
  }

  request<T>(event: string, payload: unknown, timeoutMs: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#phase !== 'open') return reject(new JamzError('unavailable', 'No connection.'));
      if (!this.#deps.lifetime.alive) return;
      if (event === 'time') this.#askTime(resolve as (ok: unknown) => void, reject, timeoutMs);
      else {
        const said = spoken(event, payload, this.#deps.version);
        this.#deps.sent(event, said);
        this.#ask(event, said, resolve as (ok: unknown) => void, reject, timeoutMs);
      }
    });
  }

  close(): void {
    if (this.#phase === 'over') return;
    this.#up('close', () => this.#connected?.lost());
    this.#finish(new JamzError('unavailable', 'The connection is closed.'));
  }

  /** The connection breaks and both sides learn of it. */
  break(): void {
    this.#connected?.lost();
    this.#downSurely(() => this.#end(unreachable()));
  }

  /** A message of before arrives at the server once more; nobody waits for its answer. */
  echo(event: string, payload: unknown): void {
    this.#up(event, () => {
      if (this.#isServed()) this.#connected?.receive(event, payload, () => {});
    });
  }

  timedOut(): void {
    this.#connected?.lost();
    this.#connected = undefined;
    this.#deps.lifetime.enter(() => this.#end(unreachable()));
  }

  abandoned(): void {
    this.#up('close', () => this.#connected?.lost());
    this.#deps.wire.links.delete(this);
  }

  #knock(giveUp: () => void): void {
    const { wire, server, token, version, lifetime } = this.#deps;
    if (wire.condition.captive) {
      this.#down('refusal', () => {
        giveUp();
        this.#end(notOurs());
      });
      return;
    }
    if (!server?.up || server.failing) {
      const error = new JamzError('unavailable', 'The server answered 502.');
      const kind = server?.failing ? 'server' : 'link';
      this.#down('refusal', () => {
        giveUp();
        this.#end({ kind, error });
      });
      return;
    }
    this.#process = server.running;
    const peer: Peer = {
      send: (event, payload) => {
        const arrive = (): void => {
          if (this.#phase !== 'open') return;
          this.#deps.delivered(event, payload);
          this.#deps.events.message(event, payload);
        };
        // Positions have no sequence that would show a loss: they rely on the stream.
        if (event === 'live') wire.carryInOrder('down', event, () => lifetime.enter(arrive));
        else this.#down(event, arrive);
      },
      bye: (reason) => {
        // Whether or not the word arrives, the server has closed its end.
        this.#connected = undefined;
        this.#downSurely(() => this.#end({ kind: 'server', error: toError(reason) }));
      },
    };
    try {
      this.#connected = server.accept(token, peer, version);
    } catch (error) {
      const failure = error instanceof JamzError ? error : new JamzError('internal', String(error));
      this.#down('refusal', () => {
        giveUp();
        this.#end({ kind: 'server', error: failure });
      });
      return;
    }
    this.#down('connected', () => {
      giveUp();
      if (this.#phase !== 'opening' || !lifetime.alive) return;
      this.#phase = 'open';
      this.#deps.events.opened();
    });
  }

  #ask(
    event: string,
    payload: unknown,
    resolve: (ok: unknown) => void,
    reject: (error: JamzError) => void,
    timeoutMs: number,
  ): void {
    const { lifetime, server, wire } = this.#deps;
    const settle = (run: () => void): void => {
      if (!this.#waiting.delete(reject)) return;
      stop();
      run();
    };
    this.#waiting.add(reject);
    const stop = lifetime.after(timeoutMs, () => settle(() => reject(late())));
    const answered = (answer: Answer<unknown>): void => {
      if ('ok' in answer) {
        this.#deps.delivered(`answer ${event}`, answer.ok);
        resolve(answer.ok);
      } else {
        this.#deps.delivered(`refusal ${event}`, { ...answer.error, to: payload });
        reject(toError(answer.error));
      }
    };
    // These hold positions, which rely on the stream.
    const overtakes = event !== 'hello' && event !== 'follow';
    const reply = (answer: Answer<unknown>): void =>
      this.#down(`answer ${event}`, () => settle(() => answered(answer)), overtakes);
    this.#up(event, () => {
      if (wire.condition.captive)
        return this.#down('refusal', () => settle(() => reject(notOurs().error)));
      if (!this.#isServed()) return this.break();
      if (server?.failing) return reply({ error: { code: 'internal', message: 'It failed' } });
      if (server?.busy) {
        return reply({
          error: { code: 'rate-limited', message: 'Slow down', retryAfterMs: 2_000 },
        });
      }
      return this.#connected?.receive(event, payload, reply);
    });
  }

  /** One event instead of four, and as few closures as can be: probes are most of what is said. */
  #askTime(
    resolve: (times: unknown) => void,
    reject: (error: JamzError) => void,
    timeoutMs: number,
  ): void {
    const { wire, server, lifetime } = this.#deps;
    const upMs = wire.delayOf('up');
    const downMs = wire.delayOf('down');
    const answered = upMs !== undefined && downMs !== undefined && upMs + downMs < timeoutMs;
    wire.picture('up', 'time', upMs);
    const atServerMs = answered && server ? Math.floor(server.nowMs() + upMs) : 0;
    this.#waiting.add(reject);
    const settle = (): void => {
      if (lifetime.asleep) lifetime.enter(settle);
      if (lifetime.asleep || !lifetime.alive || !this.#waiting.has(reject)) return;
      // Whoever asked hears of it when the connection breaks.
      if (answered && !wire.isDark('up') && !this.#isServed()) {
        this.break();
        return;
      }
      this.#waiting.delete(reject);
      if (!answered || wire.isDark('up') || wire.isDark('down')) reject(late());
      else if (wire.condition.captive) reject(notOurs().error);
      else if (server?.failing) reject(new JamzError('internal', 'It failed'));
      else {
        this.#deps.delivered('answer time', undefined);
        resolve([atServerMs, atServerMs]);
      }
    };
    wire.later(answered ? upMs + downMs : timeoutMs, settle);
  }

  #isServed(): boolean {
    return this.#deps.server?.isStill(this.#process) === true && this.#connected !== undefined;
  }

  #up(what: string, run: () => void): void {
    this.#deps.wire.carry('up', what, run);
  }

  #down(what: string, run: () => void, overtakes = true): void {
    this.#deps.wire.carry('down', what, () => this.#deps.lifetime.enter(run), overtakes);
  }

  /** The end of a stream is told again and again until it is heard. */
  #downSurely(run: () => void): void {
    this.#deps.wire.carryInOrder('down', 'end', () => this.#deps.lifetime.enter(run));
  }

  #end(failure: LinkFailure): void {
    if (this.#phase === 'over') return;
    this.#finish(failure.error);
    this.#deps.events.closed(failure);
  }

  #finish(error: JamzError): void {
    this.#phase = 'over';
    this.#deps.wire.links.delete(this);
    // Whether or not the server was told, its own socket times out.
    this.#deps.wire.later(socketTimeoutMs, () => this.#connected?.lost());
    for (const reject of this.#waiting) reject(error);
    this.#waiting.clear();
  }
}

function toError({ code, message, retryAfterMs }: WireError): JamzError {
  if (!isErrorCode(code)) return notOurs().error;
  return new JamzError(code, message, retryAfterMs === undefined ? {} : { retryAfterMs });
}

function late(): JamzError {
  return new JamzError('unavailable', 'The server did not answer in time.');
}

function unreachable(): LinkFailure {
  return { kind: 'link', error: new JamzError('unavailable', 'The connection was lost.') };
}

function notOurs(): LinkFailure {
  const error = new JamzError('unavailable', 'The answer did not come from this server.');
  return { kind: 'link', error };
}

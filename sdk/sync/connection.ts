import { JamzError } from '../protocol/errors.ts';
import { protocolVersion } from '../protocol/version.ts';
import type { Link, LinkFailure, OpenLink } from '../transport/link.ts';
import { backoffMs, breakerThreshold, probeIntervalMs, stableUptimeMs } from './backoff.ts';
import type { Scheduler, Surroundings } from './scheduler.ts';

export interface ConnectionDeps {
  readonly server: string;
  readonly site: string;
  readonly openLink: OpenLink;
  /** @throws {JamzError} `unauthenticated` when nobody is signed in; `unavailable` when it cannot be renewed now */
  readonly token: (reason: 'start' | 'expired') => Promise<string>;
  readonly scheduler: Scheduler;
  readonly surroundings: Surroundings;
}

export interface ConnectionEvents {
  opened(link: Link): void;
  /** The link is gone and another is being opened with a fresh token: nothing is wrong so far. */
  renewing(): void;
  message(event: string, payload: unknown): void;
  /** No link now. `serverFailed`: the breaker is open because the server itself fails. */
  lost(error: JamzError, serverFailed: boolean): void;
  /** Trying again is useless until something else changes. */
  halted(error: JamzError): void;
}

type Phase = 'off' | 'waiting' | 'opening' | 'open' | 'halted';

/** A token asked for this long ago may have expired since. */
const freshMs = 60_000;

/** Refusals of the handshake that no retry cures. */
const final: ReadonlySet<JamzError['code']> = new Set([
  'update-needed',
  'forbidden',
  'origin-not-allowed',
  'not-found',
  'gone',
  'invalid',
]);

/**
 * Keeps one link to the server open: full-jitter backoff, a circuit breaker that opens after five failures in a row
 * and then probes at the longest interval, and an attempt at once when something woke this device.
 */
export class Connection {
  readonly #deps: ConnectionDeps;
  readonly #events: ConnectionEvents;
  readonly #ends: (() => void)[] = [];
  #phase: Phase = 'off';
  #link: Link | undefined;
  #failures = 0;
  #renew = false;
  #renewed = false;
  /** When a token was last asked for, by both clocks: one may stand still while the device sleeps, the other may be set. */
  #tokenAsked = { monotonicMs: 0, wallMs: 0 };
  #stopTimer: (() => void) | undefined;
  #nextRetryAtMs: number | null = null;
  #attempt = 0;

  constructor(deps: ConnectionDeps, events: ConnectionEvents) {
    this.#deps = deps;
    this.#events = events;
    this.#ends.push(
      deps.surroundings.onWake(() => this.retryNow()),
      deps.surroundings.onOffline(() => this.#goneOffline()),
    );
  }

  get link(): Link | undefined {
    return this.#phase === 'open' ? this.#link : undefined;
  }

  /** By the device's wall clock; null while no attempt is planned. */
  get nextRetryAtMs(): number | null {
    return this.#nextRetryAtMs;
  }

  start(): void {
    if (this.#phase === 'off' || this.#phase === 'halted') this.#open();
  }

  /** Closes the link and makes no further attempt until `start`. */
  stop(): void {
    this.#attempt += 1;
    this.#phase = 'off';
    // By the time it is started again the token is no fresh one.
    this.#renewed = false;
    this.#clearTimer();
    this.#link?.close();
    this.#link = undefined;
  }

  dispose(): void {
    this.stop();
    for (const end of this.#ends) end();
  }

  /** Something happened that makes an attempt worth while. An open link is left to its owner to probe. */
  retryNow(): void {
    if (this.#phase === 'waiting') this.#open();
  }

  /** The link's owner found it dead, or the server answered in a way that asks for a new one. */
  drop(error: JamzError): void {
    if (this.#phase !== 'open') return;
    this.#link?.close();
    // Silence and a broken wire say `unavailable`; any other code is the server's own word.
    this.#retryLater({ kind: error.code === 'unavailable' ? 'link' : 'server', error });
  }

  /** The server refused this identity on an open link: open anew with a fresh token. */
  renew(): void {
    if (this.#phase !== 'open') return;
    this.#link?.close();
    this.#failed({
      kind: 'server',
      error: new JamzError('token-expired', 'The token has expired.'),
    });
  }

  /** The server answered on this link. */
  confirmed(): void {
    this.#renewed = false;
    this.#setTimer(stableUptimeMs, () => {
      this.#failures = 0;
    });
  }

  #open(): void {
    this.#clearTimer();
    this.#phase = 'opening';
    const attempt = ++this.#attempt;
    const reason = this.#renew ? 'expired' : 'start';
    const current = (): boolean => attempt === this.#attempt;
    const { scheduler } = this.#deps;
    this.#tokenAsked = { monotonicMs: scheduler.monotonicMs(), wallMs: scheduler.nowMs() };
    this.#deps.token(reason).then(
      (token) => {
        if (!current()) return;
        this.#renewed ||= this.#renew;
        this.#renew = false;
        this.#link = this.#deps.openLink(
          { server: this.#deps.server, site: this.#deps.site, token, version: protocolVersion },
          {
            opened: () => {
              if (!current() || !this.#link) return;
              this.#phase = 'open';
              this.#events.opened(this.#link);
            },
            closed: (failure) => {
              if (current()) this.#failed(failure);
            },
            message: (event, payload) => {
              if (current()) this.#events.message(event, payload);
            },
          },
        );
      },
      (error: unknown) => {
        if (current()) this.#failed({ kind: 'link', error: asJamzError(error) });
      },
    );
  }

  #failed(failure: LinkFailure): void {
    const { kind, error } = failure;
    const wasOpen = this.#phase === 'open';
    this.#attempt += 1;
    this.#link = undefined;
    this.#clearTimer();
    if (error.code === 'token-expired' || error.code === 'unauthenticated') {
      // A fresh token was refused too, or there is none to be had: only the person can help.
      if ((this.#renewed && this.#isTokenFresh()) || kind === 'link') {
        this.#halt(error);
        return;
      }
      this.#renew = true;
      this.#open();
      if (wasOpen) this.#events.renewing();
      return;
    }
    if (final.has(error.code)) {
      this.#halt(error);
      return;
    }
    this.#retryLater(failure);
  }

  #retryLater({ kind, error }: LinkFailure): void {
    this.#attempt += 1;
    this.#link = undefined;
    this.#failures += 1;
    const tripped = this.#failures >= breakerThreshold;
    const retryAfterMs = error.retryAfterMs ?? 0;
    const { random } = this.#deps.scheduler;
    const delayMs =
      tripped || !this.#deps.surroundings.isOnline()
        ? Math.max(retryAfterMs, probeIntervalMs * (0.75 + random() / 4))
        : backoffMs(this.#failures, random, retryAfterMs);
    this.#wait(delayMs);
    this.#events.lost(error, tripped && kind === 'server');
  }

  #wait(delayMs: number): void {
    this.#phase = 'waiting';
    // The next token that is refused may be minutes old by then: that is no word about a fresh one.
    this.#renewed = false;
    this.#setTimer(delayMs, () => this.#open());
    this.#nextRetryAtMs = this.#deps.scheduler.nowMs() + delayMs;
  }

  #halt(error: JamzError): void {
    this.#phase = 'halted';
    this.#renew = false;
    this.#renewed = false;
    this.#events.halted(error);
  }

  /** A device may have slept between the token's answer and its use: such a token is no fresh one. */
  #isTokenFresh(): boolean {
    const { monotonicMs, wallMs } = this.#tokenAsked;
    const { scheduler } = this.#deps;
    const passedMs = scheduler.monotonicMs() - monotonicMs;
    return Math.max(passedMs, Math.abs(scheduler.nowMs() - wallMs)) < freshMs;
  }

  #goneOffline(): void {
    if (this.#phase === 'off' || this.#phase === 'halted') return;
    this.#attempt += 1;
    this.#link?.close();
    this.#link = undefined;
    this.#wait(probeIntervalMs);
    this.#events.lost(new JamzError('unavailable', 'This device has no network.'), false);
  }

  #setTimer(delayMs: number, run: () => void): void {
    this.#clearTimer();
    this.#stopTimer = this.#deps.scheduler.after(delayMs, run);
  }

  #clearTimer(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#nextRetryAtMs = null;
  }
}

function asJamzError(error: unknown): JamzError {
  if (error instanceof JamzError) return error;
  return new JamzError('unavailable', 'The server cannot be reached.', { cause: error });
}

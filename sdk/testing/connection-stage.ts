import { type ErrorCode, JamzError } from '../protocol/errors.ts';
import { Connection } from '../sync/connection.ts';
import type { LinkEvents } from '../transport/link.ts';
import { type VirtualScheduler, virtualScheduler } from './virtual-scheduler.ts';

export function failure(code: ErrorCode, retryAfterMs?: number): JamzError {
  return new JamzError(code, code, retryAfterMs === undefined ? {} : { retryAfterMs });
}

/** A connection on virtual time, and the far end of it. */
export class ConnectionStage {
  readonly scheduler: VirtualScheduler = virtualScheduler();
  readonly connection: Connection;
  /** Of the newest attempt; before the first nobody is there. */
  far: LinkEvents = { opened() {}, closed() {}, message() {} };
  attempts = 0;
  closed = 0;
  readonly told: string[] = [];
  readonly reasons: string[] = [];
  online = true;
  wake: () => void = () => {};
  goOffline: () => void = () => {};
  token: () => Promise<string> = async () => 'token';

  constructor() {
    const { told, scheduler } = this;
    this.connection = new Connection(
      {
        server: 'loopback:',
        site: 'pk_test',
        scheduler,
        token: (reason) => {
          this.reasons.push(reason);
          return this.token();
        },
        surroundings: {
          isOnline: () => this.online,
          onWake: (listener) => {
            this.wake = listener;
            return () => {};
          },
          onOffline: (listener) => {
            this.goOffline = listener;
            return () => {};
          },
        },
        openLink: (_options, events) => {
          this.attempts += 1;
          this.far = events;
          return {
            request: () => new Promise(() => {}),
            close: () => {
              this.closed += 1;
            },
          };
        },
      },
      {
        opened: () => told.push('opened'),
        renewing: () => told.push('renewing'),
        message: (event) => told.push(event),
        lost: ({ code }, serverFailed) => told.push(`lost ${code}${serverFailed ? ' server' : ''}`),
        halted: ({ code }) => told.push(`halted ${code}`),
      },
    );
  }

  async start(): Promise<void> {
    this.connection.start();
    await this.scheduler.settle();
  }

  async open(): Promise<void> {
    await this.start();
    this.far.opened();
  }

  async failTimes(times: number, kind: 'link' | 'server' = 'link'): Promise<void> {
    for (let time = 1; time <= times; time++) {
      this.far.closed({ kind, error: failure('unavailable') });
      if (time < times) await this.scheduler.advance(31_000);
    }
  }

  /** @returns how long that took, two minutes at most */
  async msToNextAttempt(): Promise<number> {
    const before = this.attempts;
    const startMs = this.scheduler.monotonicMs();
    while (this.attempts === before && this.scheduler.monotonicMs() - startMs < 120_000) {
      await this.scheduler.advance(250);
    }
    return this.scheduler.monotonicMs() - startMs;
  }
}

import { type RedisClientType, RedisClient as Vendor } from '@redis/client';
import type { Timers } from '../../ports/timers.ts';

/**
 * Makes the vendor's client. A new class with all of Redis's commands is what its `createClient` makes for each
 * connection, and takes some 20 ms for; while Redis is away that would be several times a second.
 */
const clientOf = Vendor.factory<None, None, None, 3>();

/** What we use of a connection to Redis. */
export type RedisClient = RedisClientType<None, None, None, 3, None>;

/** No modules, functions or scripts of its own. */
type None = Record<never, never>;

/** One connection to Redis that is made anew whenever it is lost. Nothing waits in it for better times. */
export interface RedisLink {
  readonly isUp: boolean;
  /**
   * @param withinMs without an answer by then the connection counts as dead, and is made anew
   * @throws {Error} when there is no connection, it is lost before the answer, or Redis answers with an error
   */
  ask<T>(command: (client: RedisClient) => Promise<T>, withinMs?: number): Promise<T>;
  close(): void;
}

export interface RedisLinkOptions {
  /** `redis:` or `rediss:`, with the database's number as its path. */
  readonly url: string;
  /** What `CLIENT LIST` shows. */
  readonly name: string;
  readonly timers: Pick<Timers, 'after'>;
  /** Numbers in [0, 1): spreads the return of many processes. */
  readonly random: () => number;
  /** Called with each change; `error` says why it went down. */
  readonly onChange?: (isUp: boolean, error?: unknown) => void;
  /** Called with each attempt that failed. */
  readonly onFailure?: (error: unknown) => void;
}

const answerWithinMs = 2_000;
const firstRetryMs = 50;
const longestRetryMs = 1_000;

export function openRedisLink(options: RedisLinkOptions): RedisLink {
  const { url, name, timers, random, onChange = () => {}, onFailure = () => {} } = options;
  let up: RedisClient | undefined;
  let failures = 0;
  let closed = false;
  let stopRetry = (): void => {};

  const retry = (): void => {
    if (closed) return;
    failures += 1;
    const ceilingMs = Math.min(longestRetryMs, firstRetryMs * 2 ** failures);
    stopRetry = timers.after(ceilingMs * (0.5 + random() / 2), connect);
  };

  const connect = (): void => {
    const client = connectionTo(url, name);
    let ended = false;
    const end = (error?: unknown): void => {
      if (ended) return;
      ended = true;
      cancel();
      const wasUp = up === client;
      if (wasUp) up = undefined;
      // Throws where it is closed already.
      if (client.isOpen) client.destroy();
      if (wasUp && !closed) onChange(false, error);
      if (!wasUp) onFailure(error);
      retry();
    };
    const cancel = timers.after(answerWithinMs, () => end(new Error('Redis does not answer')));
    client.on('error', end);
    client.on('end', () => end(new Error('Redis closed the connection')));
    client.connect().then(
      () => {
        cancel();
        if (ended) return;
        if (closed) return end();
        failures = 0;
        up = client;
        onChange(true);
      },
      (error: unknown) => end(error),
    );
  };

  connect();
  return {
    get isUp() {
      return up !== undefined;
    },
    async ask(command, withinMs = answerWithinMs) {
      const client = up;
      if (!client) throw new Error('Redis is away');
      const late = Promise.withResolvers<never>();
      const cancel = timers.after(withinMs, () => {
        const error = new Error('Redis does not answer');
        late.reject(error);
        client.emit('error', error);
      });
      try {
        return await Promise.race([command(client), late.promise]);
      } finally {
        cancel();
      }
    },
    close() {
      closed = true;
      stopRetry();
      const client = up;
      up = undefined;
      if (client?.isOpen) client.destroy();
    },
  };
}

/** One connection that is not made anew by itself, and takes no command while it does not stand. */
function connectionTo(url: string, name: string): RedisClient {
  return clientOf<None>({
    url,
    name,
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    socket: { connectTimeout: answerWithinMs, reconnectStrategy: false },
  });
}

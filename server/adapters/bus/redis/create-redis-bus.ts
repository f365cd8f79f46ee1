import type { Bus, BusMessage } from '../../../ports/bus.ts';
import type { Timers } from '../../../ports/timers.ts';
import { openRedisLink } from '../../redis/redis-link.ts';
import { createListeners } from '../listeners.ts';
import { type Entry, messageOf } from './entries.ts';
import { createReader } from './reader.ts';
import { createSenders } from './senders.ts';
import { createWriter } from './writer.ts';

export interface RedisBusOptions {
  readonly url: string;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  /** Numbers in [0, 1), cryptographic: they name this process. */
  readonly random: () => number;
  readonly onListenerError: (error: unknown) => void;
  /** Redis came or went; `error` says why. */
  readonly onChange: (isUp: boolean, error?: unknown) => void;
}

const stream = 'jamz:bus';
const beatMs = 500;
/** How long a start waits for Redis. Without it the server serves all the same, and says so. */
const patienceMs = 2_000;

/**
 * The bus over one stream of Redis (https://redis.io/docs/latest/develop/data-types/streams/): every process adds what
 * it publishes and reads what all others add. Its own listeners hear it at once, as in process.
 *
 * Entries are numbered by their sender. A number that is missing, a sender that falls silent, and a Redis that does
 * not answer all show in `health`, so that what was missed is looked up in the store and nobody is left behind.
 */
export async function createRedisBus(options: RedisBusOptions): Promise<Bus> {
  const { url, timers, monotonicMs, random, onListenerError } = options;
  const listeners = createListeners(onListenerError);
  const self = Math.floor(random() * 2 ** 48).toString(36);
  const senders = createSenders(self, monotonicMs);
  let received = 0;
  let heardMs = Number.NEGATIVE_INFINITY;
  let roundTripMs = 0;
  let beganBeatMs: number | undefined;
  const began = Promise.withResolvers<void>();

  const onTrouble = (error: unknown): void => options.onChange(false, error);
  const onLink = (isUp: boolean, error?: unknown): void => {
    options.onChange(isUp, error);
    goOn();
  };
  // A read waits for what comes, and nothing can be written behind it: two connections.
  const common = { url, timers, random };
  const writing = openRedisLink({ ...common, name: `jamz-${self}-write`, onChange: onLink });
  const reading = openRedisLink({ ...common, name: `jamz-${self}-read`, onChange: () => goOn() });
  const { afterTurn } = timers;
  const writer = createWriter({
    ...{ link: writing, stream, sender: self, monotonicMs, afterTurn, onTrouble },
  });

  const takeText = (text: string): void => {
    received += 1;
    let message: BusMessage;
    try {
      message = messageOf(text);
    } catch (error) {
      // Of a version that is not ours, or damaged.
      senders.gap();
      onListenerError(error);
      return;
    }
    listeners.tell(message, 'elsewhere');
  };

  const take = (entry: Entry): void => {
    if (entry.sender === self && beganBeatMs !== undefined) {
      roundTripMs = monotonicMs() - beganBeatMs;
      beganBeatMs = undefined;
    }
    if (senders.isNew(entry)) for (const text of entry.texts) takeText(text);
  };

  const heard = (): void => {
    if (!isReading()) senders.excuse();
    heardMs = monotonicMs();
    began.resolve();
  };
  const reader = createReader({
    ...{ link: reading, stream, take, heard, missed: () => senders.gap(), onTrouble },
  });
  const isReading = (): boolean => monotonicMs() - heardMs < 2_000;

  const goOn = (): void => {
    writer.goOn();
    reader.goOn();
  };
  const beat = (): void => {
    beganBeatMs ??= monotonicMs();
    writer.beat();
    goOn();
  };
  const stopBeat = timers.every(beatMs, beat);

  const giveUp = timers.after(patienceMs, began.resolve);
  await began.promise;
  giveUp();

  return {
    publish(message) {
      listeners.tell(message, 'here');
      writer.publish(message);
    },
    subscribe: listeners.add,
    health: () => ({
      isWhole: writing.isUp && isReading() && !senders.anySilent(),
      others: senders.count,
      sent: writer.sent,
      received,
      dropped: writer.dropped,
      gaps: senders.gaps,
      roundTripMs,
    }),
    async close() {
      stopBeat();
      await writer.end();
      writing.close();
      // It waits for what comes: the end of its connection ends that.
      reading.close();
      await reader.end();
      listeners.clear();
    },
  };
}

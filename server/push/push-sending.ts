import { JamzError } from '../../sdk/protocol/errors.ts';
import type { OutgoingPush, PushSender } from '../ports/push.ts';
import type { Timers } from '../ports/timers.ts';

/** Messages on their way to push services. Nobody waits for one; what finds no room is dropped and told. */
export interface PushSending {
  /** @returns false where there is no room */
  add(delivery: PushDelivery): boolean;
  /** How many are on their way or wait for another try. */
  readonly waiting: number;
  /** Resolves when nothing is under way; what waits for another try is not. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface PushDelivery extends OutgoingPush {
  readonly subscriptionId: string;
  /** When what it tells of happened, ms since 1970: which of two is the newer. */
  readonly atMs: number;
  /** Asked right before it goes out, and when it gives way to a newer one: false where another was first. */
  readonly claim?: () => Promise<boolean>;
  /** Told that it waits for another try: whoever comes back after a crash may claim it. */
  readonly unclaim?: () => Promise<void>;
  /** Told once that nothing more becomes of it here. */
  readonly onSettled?: () => void;
}

export interface PushSendingDeps {
  readonly sender: Pick<PushSender, 'send'>;
  readonly timers: Pick<Timers, 'after'>;
  /** In [0, 1). */
  readonly random: () => number;
  /** The browser takes no more. */
  readonly onGone: (subscriptionId: string) => Promise<void>;
  /** Tells how long the encryption of a message kept this process from everything else. */
  readonly monotonicMs: () => number;
  /** Told of each that will not be sent. */
  readonly onFailed: (error: unknown) => void;
  readonly maxWaiting?: number;
}

interface Try {
  readonly delivery: PushDelivery;
  readonly tries: number;
}

const defaultMaxWaiting = 10_000;
const maxAtOnce = 32;
/** Of the time of this process at most a fifth goes into encrypting: answers go first. */
const restPerWork = 4;
/** A push service that restarts is back within these. */
const pausesMs = [500, 2_000, 10_000, 60_000] as const;

export function createPushSending(deps: PushSendingDeps): PushSending {
  const { sender, timers, random, monotonicMs, onGone, onFailed } = deps;
  const maxWaiting = deps.maxWaiting ?? defaultMaxWaiting;
  let queue: Try[] = [];
  const underWay = new Set<Promise<void>>();
  /** What waits for another try, and how it is given up. */
  const paused = new Map<PushDelivery, () => void>();
  let owedMs = 0;
  let rest: (() => void) | undefined;
  let closed = false;

  const attempt = async ({ delivery, tries }: Try): Promise<void> => {
    try {
      if (delivery.claim && !(await delivery.claim())) return delivery.onSettled?.();
      const outcome = await sender.send(delivery);
      if (outcome === 'gone') await onGone(delivery.subscriptionId);
      delivery.onSettled?.();
    } catch (error) {
      const pauseMs = pauseFor(error, tries);
      const isLate = pauseMs !== undefined && pauseMs > delivery.ttlS * 1_000;
      if (pauseMs === undefined || isLate) {
        delivery.onSettled?.();
        return onFailed(error);
      }
      // Not taken, so that whoever starts after a crash, or a stop, may send it.
      await delivery.unclaim?.();
      if (closed) return onFailed(error);
      const cancel = timers.after(pauseMs, () => {
        paused.delete(delivery);
        queue.push({ delivery, tries: tries + 1 });
        sendOn();
      });
      paused.set(delivery, cancel);
    }
  };

  /** @returns undefined where another try would be none */
  const pauseFor = (error: unknown, tries: number): number | undefined => {
    const pauseMs = pausesMs[tries];
    if (!(error instanceof JamzError) || error.code !== 'unavailable') return undefined;
    if (pauseMs === undefined) return undefined;
    // Those that failed together do not come back together.
    return Math.max(error.retryAfterMs ?? 0, pauseMs) * (1 + random() / 2);
  };

  const sendOn = (): void => {
    while (underWay.size < maxAtOnce && !rest) {
      const next = queue.shift();
      if (!next) return;
      const beganMs = monotonicMs();
      const sent = attempt(next)
        .catch(onFailed)
        .finally(() => {
          underWay.delete(sent);
          sendOn();
        });
      underWay.add(sent);
      owedMs += (monotonicMs() - beganMs) * restPerWork;
      if (owedMs < 1) continue;
      rest = timers.after(owedMs, () => {
        rest = undefined;
        sendOn();
      });
      owedMs = 0;
    }
  };

  const giveWay = ({ onSettled, claim }: PushDelivery): void => {
    onSettled?.();
    // Else it would come back behind the newer one after a crash.
    claim?.().catch(onFailed);
  };

  /** Of its topic, what waits for another try: it would come behind the newer one, and take its place. */
  const dropPaused = ({ subscriptionId, topic, atMs }: PushDelivery): void => {
    for (const [one, cancel] of paused) {
      const isSame = one.subscriptionId === subscriptionId && one.topic === topic;
      if (!isSame || one.atMs > atMs) continue;
      cancel();
      paused.delete(one);
      giveWay(one);
    }
  };

  const waiting = (): number => queue.length + underWay.size + paused.size;
  const settled = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay);
  };

  return {
    add(delivery) {
      if (closed) return false;
      const { subscriptionId, topic, atMs } = delivery;
      const other = queue.findIndex(
        ({ delivery: one }) => one.subscriptionId === subscriptionId && one.topic === topic,
      );
      dropPaused(delivery);
      // As at the push service: one that has not gone out gives way to a newer one of its topic. They come in any order.
      const known = queue[other]?.delivery;
      if (known && known.atMs > atMs) {
        giveWay(delivery);
        return true;
      }
      if (known) {
        queue.splice(other, 1);
        giveWay(known);
      }
      if (waiting() >= maxWaiting) return false;
      queue.push({ delivery, tries: 0 });
      sendOn();
      return true;
    },
    get waiting() {
      return waiting();
    },
    settled,
    async close() {
      closed = true;
      rest?.();
      for (const cancel of paused.values()) cancel();
      paused.clear();
      queue = [];
      await settled();
    },
  };
}

import type { Timers } from '../ports/timers.ts';
import type { Erasures } from './erasures.ts';

/**
 * Finishes erasures that a command began beside this server, or that a process was killed over: now, and again and
 * again. One look is one short question to the store.
 *
 * @returns ends that, once what is under way is done
 */
export function keepResuming(
  erasures: Pick<Erasures, 'resume'>,
  deps: {
    readonly timers: Pick<Timers, 'every'>;
    readonly log: { error(about: object, message: string): void };
  },
  everyMs: number,
): () => Promise<void> {
  let running: Promise<void> | undefined;
  const look = (): void => {
    running ??= erasures
      .resume()
      .then(() => {})
      .catch((err: unknown) => deps.log.error({ err }, 'an erasure is not finished yet'))
      .finally(() => {
        running = undefined;
      });
  };
  look();
  const end = deps.timers.every(everyMs, look);
  return async () => {
    end();
    await running;
  };
}

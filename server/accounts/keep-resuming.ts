import type { Timers } from '../ports/timers.ts';
import type { Erasures } from './erasures.ts';

export interface KeepDoingDeps {
  readonly timers: Pick<Timers, 'every'>;
  readonly log: { error(about: object, message: string): void };
}

/**
 * Finishes erasures that a command began beside this server, or that a process was killed over: now, and again and
 * again. One look is one short question to the store.
 *
 * @returns ends that, once what is under way is done
 */
export function keepResuming(
  erasures: Pick<Erasures, 'resume'>,
  deps: KeepDoingDeps,
  everyMs: number,
): () => Promise<void> {
  return keepDoing(erasures.resume, deps, everyMs, 'an erasure is not finished yet');
}

/**
 * Does something now, and again and again, never twice at once.
 *
 * @param failed what the log says where it fails
 * @returns ends that, once what is under way is done
 */
export function keepDoing(
  task: () => Promise<unknown>,
  { timers, log }: KeepDoingDeps,
  everyMs: number,
  failed: string,
): () => Promise<void> {
  let running: Promise<void> | undefined;
  const look = (): void => {
    running ??= task()
      .then(() => {})
      .catch((err: unknown) => log.error({ err }, failed))
      .finally(() => {
        running = undefined;
      });
  };
  look();
  const end = timers.every(everyMs, look);
  return async () => {
    end();
    await running;
  };
}

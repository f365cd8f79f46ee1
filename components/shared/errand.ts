import type { ErrorCode } from '../../sdk/index.ts';
import { tell } from './events.ts';
import { codeOf } from './group-resolver.ts';
import type { PartHost } from './late-parts.ts';
import { saidOf } from './said.ts';
import type { Dictionary } from './words.ts';
import { wordsFor } from './words.ts';

/** What the server is asked for at the person's wish: one thing at a time, and what goes wrong in plain words. */
export interface Errand {
  readonly busy: boolean;
  /** What went wrong the last time. */
  readonly problem: string | undefined;
  /** @returns whether it was done */
  run(task: () => Promise<unknown>): Promise<boolean>;
  /** What went wrong has been mended, as by typing. */
  clear(): void;
}

/** What an errand says. */
export interface ErrandWords {
  readonly offline: string;
  readonly tooFast: (seconds: number) => string;
}

export const errandWords: Dictionary<ErrandWords> = {
  of: 'shared/errand',
  en: {
    offline: 'No connection. Try again when you are online.',
    tooFast: (seconds) => `Too many tries. Wait ${seconds} s, then try again.`,
  },
};

/** @param says words for a refusal; without any the server's own sentence is said */
export function errand(
  host: PartHost,
  says: (code: string) => string | undefined = () => undefined,
): Errand {
  let busy = false;
  let problem: string | undefined;
  const explain = (error: unknown, message: string): string => {
    const words = wordsFor(host.element, errandWords);
    const code = codeIn(error);
    if (code === 'rate-limited') {
      const { retryAfterMs } = error as { retryAfterMs?: number };
      return words.tooFast(Math.ceil((retryAfterMs ?? 10_000) / 1000));
    }
    return (
      says(code) ?? (code === 'unavailable' ? words.offline : saidOf(host.element, code, message))
    );
  };
  return {
    get busy() {
      return busy;
    },
    get problem() {
      return problem;
    },
    async run(task) {
      if (busy) return false;
      busy = true;
      problem = undefined;
      host.update();
      try {
        await task();
        return true;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        problem = explain(error, message);
        tell(host.element, 'jamz-error', { code: codeIn(error), message });
        return false;
      } finally {
        busy = false;
        host.update();
      }
    },
    clear() {
      problem = undefined;
      host.update();
    },
  };
}

/** The browser's own errors have a number for a code. */
function codeIn(error: unknown): ErrorCode {
  return error instanceof DOMException ? 'internal' : codeOf(error);
}

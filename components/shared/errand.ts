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
  /** What went wrong the last time, in the language that the element has now. */
  readonly problem: string | undefined;
  /** Its code, for what is said beside a field. */
  readonly code: ErrorCode | undefined;
  /** @returns whether it was done */
  run(task: () => Promise<unknown>): Promise<boolean>;
  /** What went wrong has been mended, as by typing. */
  clear(): void;
}

interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterMs: number;
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

/** @param says words for a refusal, whenever it is shown; without any the server's own sentence is said */
export function errand(
  host: PartHost,
  says: (code: string) => string | undefined = () => undefined,
): Errand {
  let busy = false;
  let failure: Failure | undefined;
  const explain = ({ code, message, retryAfterMs }: Failure): string => {
    const words = wordsFor(host.element, errandWords);
    if (code === 'rate-limited') return words.tooFast(Math.ceil(retryAfterMs / 1000));
    return (
      says(code) ?? (code === 'unavailable' ? words.offline : saidOf(host.element, code, message))
    );
  };
  return {
    get busy() {
      return busy;
    },
    get problem() {
      return failure && explain(failure);
    },
    get code() {
      return failure?.code;
    },
    async run(task) {
      if (busy) return false;
      busy = true;
      failure = undefined;
      host.update();
      try {
        await task();
        return true;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        const { retryAfterMs = 10_000 } = error as { retryAfterMs?: number };
        failure = { code: codeIn(error), message, retryAfterMs };
        tell(host.element, 'jamz-error', { code: failure.code, message });
        return false;
      } finally {
        busy = false;
        host.update();
      }
    },
    clear() {
      failure = undefined;
      host.update();
    },
  };
}

/** The browser's own errors have a number for a code. */
function codeIn(error: unknown): ErrorCode {
  return error instanceof DOMException ? 'internal' : codeOf(error);
}

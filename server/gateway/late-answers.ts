/** Answers to pushes that leave behind the commit's broadcast: one writer hears a little later, all others sooner. */
export interface LateAnswers {
  /** Sends the answer at the end of what runs now, so before any later commit. */
  add(send: () => void): void;
  /** Sends what waits at once: something comes that must stay behind it. */
  flush(): void;
}

/** @param onBug told of a failure; the other answers leave */
export function createLateAnswers(onBug: (error: unknown) => void): LateAnswers {
  let waiting: (() => void)[] = [];

  const flush = (): void => {
    const answers = waiting;
    waiting = [];
    for (const send of answers) {
      try {
        send();
      } catch (error) {
        onBug(error);
      }
    }
  };

  return {
    add(send) {
      if (waiting.length === 0) queueMicrotask(flush);
      waiting.push(send);
    },
    flush,
  };
}

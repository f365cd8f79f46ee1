import type { PushAnswer } from '../../sdk/protocol/wire.ts';
import type { Bus } from '../ports/bus.ts';
import type { Figures } from '../ports/figures.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';

/** The logs, with every push counted and timed; `underWay` tells how many wait for their answer. */
export interface WatchedLogs {
  readonly logs: ScopeLogs;
  underWay(): number;
}

export function watchLogs(
  logs: ScopeLogs,
  figures: Figures,
  monotonicMs: () => number,
): WatchedLogs {
  let underWay = 0;
  /** @returns to be told what came of it */
  const begin = (): ((answer: PushAnswer | undefined) => void) => {
    const startedMs = monotonicMs();
    underWay += 1;
    return (answer) => {
      underWay -= 1;
      if (!answer) return;
      figures.pushed({
        applied: answer.applied.reduce((sum, [from, to]) => sum + to - from + 1, 0),
        refused: answer.refused.length,
        retry: answer.retry.length,
        ackMs: monotonicMs() - startedMs,
      });
    };
  };
  return {
    underWay: () => underWay,
    logs: {
      ...logs,
      async push(actor, message) {
        const done = begin();
        try {
          const answer = await logs.push(actor, message);
          done(answer);
          return answer;
        } catch (error) {
          done(undefined);
          throw error;
        }
      },
      submit(actor, message, hand, sender) {
        const done = begin();
        logs.submit(
          actor,
          message,
          (outcome) => {
            done('ok' in outcome ? outcome.ok : undefined);
            hand(outcome);
          },
          sender,
        );
      },
    },
  };
}

/** Counts what this process appends. @returns ends it */
export function watchCommits(bus: Bus, figures: Figures): () => void {
  return bus.subscribe((message, origin) => {
    if (message.kind !== 'commits' || origin !== 'here') return;
    for (const { count } of message.commits) figures.committed(count);
  });
}

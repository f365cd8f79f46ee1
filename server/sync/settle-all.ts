import type { Commit } from '../../sdk/protocol/wire.ts';
import { pushAnswer } from './answers.ts';
import type { FoldedBatch } from './fold-batch.ts';
import type { Job } from './job.ts';
import type { View } from './view.ts';

/**
 * Gives each job of a batch its outcome, once, whatever another one's listener does.
 *
 * @param commit what was written for the batch; undefined where there was nothing to write
 * @param view the log's end now
 */
export function settleAll(
  batch: readonly Job[],
  folded: FoldedBatch,
  commit: Commit | undefined,
  view: View,
  onBug: (error: unknown) => void,
): void {
  for (const job of batch) {
    try {
      settle(job, folded, commit, view);
    } catch (error) {
      onBug(error);
    }
  }
}

function settle(
  job: Job,
  { verdicts, failed }: FoldedBatch,
  commit: Commit | undefined,
  view: View,
): void {
  if (failed.has(job)) job.settle({ error: failed.get(job) });
  else if (job.kind === 'server') job.settle({ ok: commit });
  else {
    const own = verdicts.get(job);
    if (own) job.settle({ ok: pushAnswer(job.message, own, commit, view) });
  }
}

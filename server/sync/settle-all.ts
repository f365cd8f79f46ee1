import type { Commit } from '../../sdk/protocol/wire.ts';
import { pushAnswer, withoutOwn } from './answers.ts';
import type { FoldedBatch } from './fold-batch.ts';
import type { Job, PushJob } from './job.ts';
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
  const together = pushesBySender(batch, folded);
  for (const job of batch) {
    try {
      settle(job, folded, commit, view, together);
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
  together: Map<object, PushJob[]>,
): void {
  if (failed.has(job)) job.settle({ error: failed.get(job) });
  else if (job.kind === 'server') job.settle({ ok: commit });
  else {
    const own = verdicts.get(job);
    if (!own) return;
    const { message, sender } = job;
    const pushes = sender ? (together.get(sender) ?? []) : [job];
    // The first of a sender's answers tells the commit with all that it brought left out; the others need not.
    const tells = pushes[0] === job && own.accepted > 0;
    const told = tells ? commit : undefined;
    const messages = pushes.map((push) => push.message);
    job.settle({ ok: pushAnswer(message, own, told && withoutOwn(told, messages), view) });
  }
}

/** Those of the batch that added something, in order. */
function pushesBySender(batch: readonly Job[], { verdicts }: FoldedBatch): Map<object, PushJob[]> {
  const together = new Map<object, PushJob[]>();
  for (const job of batch) {
    if (job.kind !== 'push' || !job.sender || !verdicts.get(job)?.accepted) continue;
    const pushes = together.get(job.sender);
    if (pushes) pushes.push(job);
    else together.set(job.sender, [job]);
  }
  return together;
}

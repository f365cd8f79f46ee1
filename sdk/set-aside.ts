import type { SetAsideEntry } from './api.ts';
import type { Hub } from './hub.ts';
import { JamzError } from './protocol/errors.ts';
import type { Op } from './protocol/ops.ts';
import { memo, View } from './streams/view.ts';
import type { PendingOp } from './sync/pending-op.ts';

type SummaryOf = (op: Op) => string;

/**
 * What waits for the person's word, as a caller sees it. How to say what each was comes with the first of them; until
 * it is there, each is told by its kind.
 *
 * @param load brings the words
 */
export function setAsideView(
  hub: Hub,
  load: () => Promise<{ readonly summaryOf: SummaryOf }> = () => import('./sync/summary.ts'),
): View<readonly SetAsideEntry[]> {
  let summaryOf: SummaryOf = ({ type }) => `change the ${type.split('.')[0]}`;
  let isComing = false;

  const bring = async (): Promise<void> => {
    isComing = true;
    try {
      ({ summaryOf } = await load());
      hub.changed(new Set());
    } catch {
      // In a dead spot, before the browser has it: the next change of the list asks again.
      isComing = false;
    }
  };
  const entries = memo(
    () => [hub.engine?.replica.setAside, summaryOf],
    (list, say) => {
      if (list?.length && !isComing) void bring();
      return (list ?? []).map((pending) => toEntry(pending, say, hub));
    },
  );
  return new View(entries, hub.changes('all'));
}

function toEntry({ op, scope, setAside }: PendingOp, say: SummaryOf, hub: Hub): SetAsideEntry {
  return {
    opId: op.opId,
    scope,
    summary: say(op),
    opType: op.type,
    reason: new JamzError(setAside?.code ?? 'internal', setAside?.message ?? ''),
    setAsideAtMs: setAside?.atMs ?? 0,
    retry: () => hub.engine?.retry(op.opId),
    discard: () => hub.engine?.discard(op.opId),
  };
}

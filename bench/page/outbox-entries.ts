import { formatHlc } from '../../sdk/protocol/hlc.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import type { OutboxEntry } from '../../sdk/store/journal.ts';

/** Ops as a phone's outbox has them: messages to one group. */
export function outboxEntries(count: number): readonly OutboxEntry[] {
  return Array.from({ length: count }, (_, index) => {
    const stamp = formatHlc(1_700_000_000_000 + index, 0, 'tab');
    const op: Op = {
      type: 'messages.send',
      payload: { messageId: `m${index}`, text: 'We stop at the lake for ten minutes.' },
      opId: `tab-${index}`,
      number: 0,
      replicaId: 'phone',
      authorId: 'ana',
      stamp,
      base: { generation: 1, seq: 0 },
      version: 1,
    };
    return {
      op,
      scope: 'g:bench',
      frozen: false,
      provisional: false,
      attempts: 0,
      madeAfter: stamp,
      dependsOn: [],
      setAside: null,
    };
  });
}

import type { PushAnswer } from '../../sdk/protocol/wire.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import type { Quotas } from './quotas.ts';

/** The logs, with what a site's people write counted, and turned away beyond the site's quota. */
export function quotaLogs(
  logs: ScopeLogs,
  quotas: Pick<Quotas, 'admitOps' | 'wroteOps'>,
): ScopeLogs {
  const count = (siteId: string, { applied }: PushAnswer): void =>
    quotas.wroteOps(
      siteId,
      applied.reduce((sum, [from, to]) => sum + to - from + 1, 0),
    );
  return {
    ...logs,
    async push(actor, message) {
      quotas.admitOps(actor.siteId, opsIn(message));
      const answer = await logs.push(actor, message);
      count(actor.siteId, answer);
      return answer;
    },
    submit(actor, message, settle, sender) {
      try {
        quotas.admitOps(actor.siteId, opsIn(message));
      } catch (error) {
        return settle({ error });
      }
      return logs.submit(
        actor,
        message,
        (outcome) => {
          if ('ok' in outcome) count(actor.siteId, outcome.ok);
          settle(outcome);
        },
        sender,
      );
    },
  };
}

function opsIn({ runs }: Parameters<ScopeLogs['push']>[1]): number {
  return runs.reduce((sum, { ops }) => sum + ops.length, 0);
}

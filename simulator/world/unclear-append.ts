import { JamzError } from '../../sdk/protocol/errors.ts';
import type { LogsStore } from '../../server/ports/store.ts';

/** What becomes of an append whose answer is lost. */
export interface Unclear {
  /** The next append is written or not, and either way fails; undefined: all goes well. */
  next: 'durable' | 'lost' | undefined;
}

/** A store whose connection breaks in the middle of an append: whoever asked cannot know whether it was written. */
export function withUnclearAppends(store: LogsStore, unclear: Unclear): LogsStore {
  return {
    ...store,
    log: {
      ...store.log,
      async append(scope, commit, runsJson) {
        const fate = unclear.next;
        unclear.next = undefined;
        if (fate !== 'lost') {
          const outcome = await store.log.append(scope, commit, runsJson);
          if (fate === undefined) return outcome;
        }
        throw new JamzError('unavailable', 'The connection to the store was lost');
      },
    },
  };
}

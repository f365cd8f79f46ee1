import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { LogsStore } from '../ports/store.ts';
import type { RewindRequest } from './rewind.ts';
import type { ScopeLogs } from './scope-logs.ts';

const scopesPerRead = 500;

export interface RestoredLogs {
  readonly looked: number;
  readonly restored: readonly {
    readonly scope: Scope;
    readonly toSeq: number;
    readonly cutOps: number;
    readonly generation: number;
  }[];
  /** Logs that are no longer kept so far back: they are as they were. */
  readonly failed: readonly { readonly scope: Scope; readonly message: string }[];
}

/**
 * Winds all logs back, one after the other; each as a whole or not at all, so that it can be asked again.
 *
 * @param only this scope alone
 */
export async function restoreLogs(
  { logs, store }: { readonly logs: ScopeLogs; readonly store: Pick<LogsStore, 'log'> },
  request: RewindRequest,
  only?: string,
): Promise<RestoredLogs> {
  const restored: RestoredLogs['restored'][number][] = [];
  const failed: RestoredLogs['failed'][number][] = [];
  let looked = 0;
  for (let after = ''; ; ) {
    const scopes = await store.log.scopes(after, scopesPerRead);
    for (const scope of scopes) {
      after = scope;
      if (only !== undefined && scope !== only) continue;
      looked += 1;
      const head = await store.log.head(scope);
      try {
        const fork = await logs.rewind(scope, request);
        if (!fork) continue;
        const { generation, forkedAtSeq: toSeq } = fork;
        restored.push({ scope, toSeq, cutOps: (head?.seq ?? 0) - toSeq, generation });
      } catch (error) {
        if (!(error instanceof JamzError)) throw error;
        failed.push({ scope, message: error.message });
      }
    }
    if (scopes.length < scopesPerRead) return { looked, restored, failed };
  }
}

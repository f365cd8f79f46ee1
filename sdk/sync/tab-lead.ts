import { LeaderWatch } from './leader-watch.ts';
import type { Scheduler } from './scheduler.ts';
import type { TabPort } from './tabs.ts';

export interface LeadEvents {
  /** This tab leads from now on. */
  won(): void;
  /** Another tab has taken over. */
  lost(): void;
}

/** Decides which of a browser's tabs leads. @returns gives up, and lets another tab lead */
export type Campaign = (events: LeadEvents) => () => void;

/** For replicas whose store no other tab shares. */
export const unopposed: Campaign = ({ won }) => {
  let wanted = true;
  queueMicrotask(() => {
    if (wanted) won();
  });
  return () => {
    wanted = false;
  };
};

export interface LeadDeps {
  readonly tabs: TabPort;
  readonly scheduler: Scheduler;
  /** A hidden tab waits: only one that is looked at takes the lead from a tab that has gone silent. */
  readonly isVisible: () => boolean;
}

/**
 * One leader by Web Locks. The browser frees a closed or crashed tab's lock at once; a frozen tab keeps it, so a tab
 * that is looked at asks the leader whether it is there, and steals the lock of one that does not answer.
 */
export function lockLead(locks: LockManager, name: string, deps: LeadDeps): Campaign {
  const { tabs } = deps;
  return ({ won, lost }) => {
    const end = new AbortController();
    let leads = false;
    let letGo: (() => void) | undefined;
    let wanted = true;

    const hold = async (): Promise<void> => {
      if (!wanted) return;
      leads = true;
      watch.stop();
      won();
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
    };
    const ask = (options: LockOptions): void => {
      locks.request(name, options, hold).catch(() => {
        // Stolen from here, or given up.
        if (!leads || !wanted) return;
        leads = false;
        lost();
        watch.robbed();
        watch.start();
        ask({ signal: end.signal });
      });
    };
    const watch = new LeaderWatch(deps, () => ask({ steal: true }));
    const silence = tabs.listen(({ kind }) => {
      if (kind !== 'ask') watch.heard(kind);
      else if (leads) tabs.post({ kind: 'alive' });
    });
    watch.start();
    ask({ signal: end.signal });

    return () => {
      wanted = false;
      leads = false;
      watch.stop();
      silence();
      end.abort();
      letGo?.();
    };
  };
}

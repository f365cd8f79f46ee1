import type { Scheduler } from './scheduler.ts';
import type { TabPort } from './tabs.ts';

const pulseMs = 1_000;
/** A leader that is not heard of for so long is frozen or dead. */
const deadAfterMs = 3_000;

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

export interface LockLeadDeps {
  readonly locks: LockManager;
  readonly tabs: TabPort;
  readonly scheduler: Scheduler;
  /** A hidden tab waits: only one that is looked at takes the lead from a tab that has gone silent. */
  readonly isVisible: () => boolean;
}

/**
 * One leader by Web Locks. The browser frees a closed or crashed tab's lock at once; a frozen tab keeps it, so
 * followers listen for the leader's pulse and steal the lock of one that has none.
 */
export function lockLead(name: string, deps: LockLeadDeps): Campaign {
  const { locks, tabs, scheduler, isVisible } = deps;
  return ({ won, lost }) => {
    const end = new AbortController();
    let leads = false;
    let heardAtMs = scheduler.monotonicMs();
    let stopTimer: (() => void) | undefined;
    let letGo: (() => void) | undefined;
    let wanted = true;

    const hold = async (): Promise<void> => {
      if (!wanted) return;
      leads = true;
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
        heardAtMs = scheduler.monotonicMs();
        lost();
        ask({ signal: end.signal });
      });
    };
    const beat = (): void => {
      if (leads) tabs.post({ kind: 'alive' });
      else if (isVisible() && scheduler.monotonicMs() - heardAtMs > deadAfterMs) {
        heardAtMs = scheduler.monotonicMs();
        ask({ steal: true });
      }
      stopTimer = scheduler.after(pulseMs, beat);
    };
    const silence = tabs.listen((message) => {
      if (message.kind === 'alive' || message.kind === 'leads' || message.kind === 'status') {
        heardAtMs = scheduler.monotonicMs();
      }
    });
    ask({ signal: end.signal });
    beat();

    return () => {
      wanted = false;
      leads = false;
      stopTimer?.();
      silence();
      end.abort();
      letGo?.();
    };
  };
}

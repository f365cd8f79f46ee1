import type { Scheduler } from './scheduler.ts';
import { type Campaign, type LeadDeps, lockLead, unopposed } from './tab-lead.ts';
import { channelTabs, noTabs, type TabPort } from './tabs.ts';

/**
 * The tabs that share a journal. A browser without channels has every tab lead: each has a socket of its own then,
 * which is wasteful but harmless, because ops are numbered in the journal and the server takes each once.
 *
 * @param name of what they share; null where nobody shares it
 */
export function openTabs(
  name: string | null,
  scheduler: Scheduler,
): { readonly tabs: TabPort; readonly campaign: Campaign } {
  if (name === null || typeof BroadcastChannel === 'undefined') {
    return { tabs: noTabs, campaign: unopposed };
  }
  const tabs = channelTabs(name);
  const isVisible = (): boolean =>
    typeof document === 'undefined' || document.visibilityState === 'visible';
  const deps = { tabs, scheduler, isVisible };
  // Old browsers, and any on plain http, have no locks.
  const locks: LockManager | undefined = navigator.locks;
  return { tabs, campaign: locks ? lockLead(locks, name, deps) : lateChannelLead(deps) };
}

/** Few browsers need it: its code comes when one does. Without it this tab leads for itself. */
export function lateChannelLead(
  deps: LeadDeps,
  load: () => Promise<typeof import('./channel-lead.ts')> = () => import('./channel-lead.ts'),
): Campaign {
  return (events) => {
    let wanted = true;
    let giveUp: (() => void) | undefined;
    const begin = (campaign: Campaign): void => {
      if (wanted) giveUp = campaign(events);
    };
    load().then(
      ({ channelLead }) => begin(channelLead(deps)),
      () => begin(unopposed),
    );
    return () => {
      wanted = false;
      giveUp?.();
    };
  };
}

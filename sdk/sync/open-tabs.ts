import type { Scheduler } from './scheduler.ts';
import { type Campaign, lockLead, unopposed } from './tab-lead.ts';
import { channelTabs, noTabs, type TabPort } from './tabs.ts';

/**
 * The tabs that share a journal. A browser without Web Locks or channels has every tab lead: each has a socket of its
 * own then, which is wasteful but harmless, because ops are numbered in the journal and the server takes each once.
 *
 * @param name of what they share; null where nobody shares it
 */
export function openTabs(
  name: string | null,
  scheduler: Scheduler,
): { readonly tabs: TabPort; readonly campaign: Campaign } {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  if (name === null || !locks || typeof BroadcastChannel === 'undefined') {
    return { tabs: noTabs, campaign: unopposed };
  }
  const tabs = channelTabs(name);
  const isVisible = (): boolean =>
    typeof document === 'undefined' || document.visibilityState === 'visible';
  return { tabs, campaign: lockLead(name, { locks, tabs, scheduler, isVisible }) };
}

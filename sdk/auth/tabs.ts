import type { TabChannel } from './identity-port.ts';

/** The other tabs of this origin, or nobody where the browser has no channel. */
export function browserTabs(name: string): TabChannel {
  if (typeof BroadcastChannel === 'undefined') return silentTabs;
  return new BroadcastChannel(name);
}

const silentTabs: TabChannel = {
  postMessage() {},
  addEventListener() {},
  removeEventListener() {},
};

/** One at a time over all tabs, by Web Locks; where there are none, at once. */
export async function exclusiveAcrossTabs<T>(name: string, run: () => Promise<T>): Promise<T> {
  if (typeof navigator === 'undefined' || !('locks' in navigator)) return run();
  return navigator.locks.request(name, run);
}

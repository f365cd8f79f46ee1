import { existsSync } from 'node:fs';
import { openSites } from '../../compose.ts';
import type { Check, Finding } from './finding.ts';

/** A day of when this was written: no clock that is right says less. */
const notBeforeMs = Date.parse('2026-11-01');
/** systemd and chrony leave them while the clock is kept right. */
const signs = ['/run/systemd/timesync/synchronized', '/run/chrony/chronyd.pid'];

/** The clock, by which stamps are made and tokens end. */
export const checkClock: Check = async (config) => {
  // What is wrong with the store is said elsewhere.
  const newest = await openSites(config)
    .then(({ sites, close }) => sites.list().finally(close))
    .then((all) => Math.max(0, ...all.map(({ createdAtMs }) => createdAtMs)))
    .catch(() => 0);
  return [clockFinding(Date.now(), newest, signs.some(existsSync))];
};

/**
 * @param newestMs when the newest thing in the store was made
 * @param isKept something says that the clock follows a time server
 */
export function clockFinding(nowMs: number, newestMs: number, isKept: boolean): Finding {
  const check = 'Clock';
  const now = new Date(nowMs).toISOString();
  if (nowMs < Math.max(notBeforeMs, newestMs - 60_000)) {
    const message = `says ${now}, which is over: set it, or nobody's stamps and tokens are good`;
    return { check, result: 'failed', message };
  }
  if (isKept) return { check, result: 'ok', message: `${now}, kept by a time server` };
  const message = `says ${now}; nothing here says that a time server keeps it: run chrony or systemd-timesyncd, on each machine`;
  return { check, result: 'note', message };
}

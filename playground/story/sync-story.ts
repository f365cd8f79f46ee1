import type { SyncStatus } from 'trafficjamz';
import type { Coverage } from '../phone/coverage.ts';

/** A sentence for the log; one with the same `key` as the newest takes its place. */
export interface Line {
  readonly key: string;
  readonly text: string;
}

export interface SyncStory {
  coverage(now: Coverage, atMs: number): Line | undefined;
  status(now: SyncStatus, atMs: number): Line | undefined;
}

/** Tells one phone's way in and out of coverage, in sentences. */
export function createSyncStory(name: string): SyncStory {
  let coverage: Coverage = { kind: 'good' };
  let state: SyncStatus['state'] | undefined;
  let waiting = 0;
  let backAtMs: number | undefined;
  /** Whether the next time in sync is news. */
  let away = true;
  let everInSync = false;

  return {
    coverage(now, atMs) {
      const before = coverage;
      coverage = now;
      if (now.kind === 'good') {
        if (before.kind === 'good') return undefined;
        backAtMs = atMs;
        const from = before.because === 'tunnel' ? 'came out of the tunnel' : 'has a network again';
        return { key: `${name} network`, text: `${name} ${from}` };
      }
      away = true;
      const into = now.because === 'tunnel' ? 'drove into a tunnel' : 'lost the network';
      return { key: `${name} network`, text: `${name} ${into}` };
    },

    status(now, atMs) {
      const [stateBefore, waitingBefore] = [state, waiting];
      state = now.state;
      waiting = now.pending;
      if (now.state === 'SYNCED') {
        if (!away || coverage.kind === 'none') return undefined;
        const tookMs = backAtMs === undefined ? undefined : Math.round(atMs - backAtMs);
        away = false;
        everInSync = true;
        backAtMs = undefined;
        const text = tookMs === undefined ? 'is in sync' : `is back in sync, ${tookMs} ms later`;
        return { key: `${name} synced`, text: `${name} ${text}` };
      }
      if (now.state === 'OFFLINE' && now.pending > 0 && now.pending !== waitingBefore) {
        away = true;
        const changes = now.pending === 1 ? '1 change waits' : `${now.pending} changes wait`;
        return { key: `${name} waiting`, text: `${changes} on ${name}’s phone` };
      }
      if (now.state === 'OFFLINE' && stateBefore !== 'OFFLINE' && everInSync) {
        const known = away && coverage.kind === 'none';
        away = true;
        if (!known) return { key: `${name} away`, text: `${name} gets no answer from the server` };
      }
      // Before anybody is signed in, that is no news.
      if (now.state === 'ERROR' && now.error && stateBefore !== 'ERROR' && everInSync) {
        away = true;
        return { key: `${name} error`, text: `${name}: ${now.error.message}` };
      }
      return undefined;
    },
  };
}

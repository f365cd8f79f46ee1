import { encodeSnapshot } from '../merge/encode-snapshot.ts';
import { toEntry } from './pending-op.ts';
import type { ReplicaRelay } from './replica.ts';
import type { EngineEvents, SyncEngine } from './sync-engine.ts';
import type { TabMessage, TabPort } from './tabs.ts';

/** Tells the tabs that follow what the leading one does and hears, and serves them. */
export interface TabHost extends Pick<EngineEvents, 'live' | 'groups' | 'ended'> {
  /** What the leading replica does. */
  readonly relay: ReplicaRelay;
  /** Takes what a tab that follows says. */
  heard(message: TabMessage): void;
  close(): void;
}

export function hostTabs(engine: SyncEngine, tabs: TabPort): TabHost {
  const status = engine.status$.subscribe((value) => tabs.post({ kind: 'status', status: value }));
  return {
    relay: tabRelay(tabs),
    live: (message) => tabs.post({ kind: 'live', message }),
    groups: (groups) => tabs.post({ kind: 'groups', groups }),
    ended: (ended) => tabs.post({ kind: 'ended', ended }),
    heard: (message) => serve(message, engine, tabs),
    close: () => status.unsubscribe(),
  };
}

function tabRelay(tabs: TabPort): ReplicaRelay {
  return {
    queued: (ops) => tabs.post({ kind: 'queued', entries: ops.map(toEntry) }),
    folded: (scope, commits) => tabs.post({ kind: 'folded', scope, commits }),
    replaced: (scope) => tabs.post({ kind: 'replaced', scope }),
    rewritten: (pending) => tabs.post({ kind: 'rewritten', entry: toEntry(pending) }),
    applied: ({ scope, op }) => tabs.post({ kind: 'applied', scope, opId: op.opId }),
    setAside: ({ scope, op }, { code, message }) =>
      tabs.post({ kind: 'set-aside', scope, opId: op.opId, code, message }),
    left: ({ scope, op }) => tabs.post({ kind: 'left', scope, opId: op.opId }),
  };
}

function serve(message: TabMessage, engine: SyncEngine, tabs: TabPort): void {
  switch (message.kind) {
    case 'ask':
      // Somebody looks at another tab: its status is this one's, whose own timers may be held back.
      if (engine.status$.value.state === 'SYNCED') engine.syncNow().catch(() => {});
      break;
    case 'queued':
      for (const entry of message.entries) engine.replica.adopt(entry);
      break;
    case 'who':
      tabs.post({ kind: 'status', status: engine.status$.value });
      break;
    case 'follow':
      engine.follow(message.scope);
      break;
    case 'want': {
      const { cursor, confirmed, scope } = engine.replica.scope(message.scope);
      if (!cursor || message.cursor?.[2] === cursor[2]) break;
      tabs.post({ kind: 'state', scope, cursor, json: encodeSnapshot(confirmed) });
      break;
    }
    case 'report':
      engine.report(message.report);
      break;
    case 'switch':
      engine.switch(message.on);
      break;
    case 'sync-now':
      engine.syncNow().catch(() => {});
      break;
    case 'retry':
      engine.retry(message.opId);
      break;
    case 'discard':
      engine.discard(message.opId);
      break;
    // The rest is told by leaders only.
  }
}

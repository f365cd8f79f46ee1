import { encodeSnapshot } from '../merge/encode-snapshot.ts';
import type { Scope } from '../protocol/ids.ts';
import type { Cursor } from '../protocol/wire.ts';
import { toEntry } from './pending-op.ts';
import type { Replica, ReplicaRelay } from './replica.ts';
import type { EngineEvents, SyncEngine } from './sync-engine.ts';
import type { TabMessage, TabPort, TabState } from './tabs.ts';

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
  /** What is said while it is not known whether this tab still leads. */
  let held: TabMessage[] | undefined;
  let isOver = false;

  const goOn = (): void => {
    const messages = held ?? [];
    held = undefined;
    isOver ||= engine.term === undefined;
    for (const message of messages) {
      const isConfirmed = message.kind === 'want' && !held && !isOver;
      if (isConfirmed) serve(message, engine, tabs);
      else heard(message);
    }
  };
  const heard = (message: TabMessage): void => {
    if (isOver) return;
    const { kind } = message;
    if (held) held.push(message);
    else if (kind === 'leads' && engine.status$.value.storage === 'memory') {
      // Without its disk it cannot find out, and whoever leads from now on may have one.
      isOver = true;
    } else if (kind === 'leads' || kind === 'want') {
      // This one may have been frozen. Of what waits it has not heard all, and must send none of it before the rest; and
      // what it knows may be old, where another has taken the lead since.
      held = kind === 'want' ? [message] : [];
      engine.replica.verdicts.kept().then(goOn, goOn);
    } else serve(message, engine, tabs);
  };
  return {
    relay: tabRelay(tabs),
    live: (message) => tabs.post({ kind: 'live', message }),
    groups: (groups) => tabs.post({ kind: 'groups', groups }),
    ended: (ended) => tabs.post({ kind: 'ended', ended }),
    heard,
    close() {
      isOver = true;
      status.unsubscribe();
    },
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
    case 'time': {
      const { askedMs } = message;
      if (engine.time.known) tabs.post({ kind: 'time-is', askedMs, serverMs: engine.time.nowMs() });
      break;
    }
    case 'follow':
      engine.follow(message.scope);
      break;
    case 'want': {
      const state = stateFor(message, engine.replica);
      if (state) tabs.post(state);
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

/** Undefined where nothing is known of the scope itself. */
function stateFor(
  { scope, cursor: from }: { readonly scope: Scope; readonly cursor: Cursor | null },
  replica: Replica,
): TabState | undefined {
  const known = replica.scope(scope);
  const { cursor, confirmed } = known;
  if (!cursor) return undefined;
  // What the journal does not have yet has no number, and is told once it has.
  const here = [...known.pending()].filter(({ stage }) => stage !== 'new');
  const aside = replica.setAside.filter((one) => one.scope === scope);
  const state = {
    kind: 'state' as const,
    scope,
    cursor,
    waiting: [...here, ...aside].map(toEntry),
  };
  return from?.[2] === cursor[2] ? state : { ...state, json: encodeSnapshot(confirmed) };
}

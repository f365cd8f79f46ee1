import type { JamzError } from '../protocol/errors.ts';
import type { OpId, Scope } from '../protocol/ids.ts';
import type {
  Commit,
  Cursor,
  EndedScope,
  LiveMessage,
  LiveReport,
  WireGroup,
} from '../protocol/wire.ts';
import type { OutboxEntry } from '../store/journal.ts';
import type { SyncStatus } from './status.ts';

/**
 * What tabs of one browser, one site and one person tell each other. The tab that leads talks to the server; the
 * others put their ops into the journal, tell of it here, and fold what the leader tells.
 */
export type TabMessage =
  /** From any tab: these ops are in the journal. */
  | { readonly kind: 'queued'; readonly entries: readonly OutboxEntry[] }
  /** From a tab that follows. */
  | { readonly kind: 'who' }
  /** Asks for the server's time, at `askedMs` of its own. */
  | { readonly kind: 'time'; readonly askedMs: number }
  /** Is the leader there? Asked by a tab that is looked at, and answered at once. */
  | { readonly kind: 'ask' }
  /** Wants to lead, where no lock decides. `round` rises with each claim; of two in one round the greater `id` wins. */
  | { readonly kind: 'claim'; readonly round: number; readonly id: number }
  | { readonly kind: 'follow'; readonly scope: Scope }
  | { readonly kind: 'want'; readonly scope: Scope; readonly cursor: Cursor | null }
  | { readonly kind: 'report'; readonly report: LiveReport }
  | { readonly kind: 'switch'; readonly on: boolean }
  | { readonly kind: 'sync-now' }
  | { readonly kind: 'retry'; readonly opId: OpId }
  | { readonly kind: 'discard'; readonly opId: OpId }
  /** From the tab that leads. `leads`: from now on; who follows says again what it wants. */
  | { readonly kind: 'leads' }
  | { readonly kind: 'alive'; readonly round?: number; readonly id?: number }
  | { readonly kind: 'status'; readonly status: SyncStatus }
  | TabTime
  | { readonly kind: 'folded'; readonly scope: Scope; readonly commits: readonly Commit[] }
  | { readonly kind: 'replaced'; readonly scope: Scope }
  | TabState
  | { readonly kind: 'rewritten'; readonly entry: OutboxEntry }
  | { readonly kind: 'applied'; readonly scope: Scope; readonly opId: OpId }
  | {
      readonly kind: 'set-aside';
      readonly scope: Scope;
      readonly opId: OpId;
      readonly code: JamzError['code'];
      readonly message: string;
    }
  | { readonly kind: 'left'; readonly scope: Scope; readonly opId: OpId }
  | { readonly kind: 'live'; readonly message: LiveMessage }
  | { readonly kind: 'groups'; readonly groups: readonly WireGroup[] }
  | { readonly kind: 'ended'; readonly ended: EndedScope };

/** The leader's answer to `want`. */
export interface TabState {
  readonly kind: 'state';
  readonly scope: Scope;
  readonly cursor: Cursor;
  /** What is confirmed there; undefined where whoever asked has it. */
  readonly json?: unknown;
  /** All that waits on top of it, and all that is set aside. */
  readonly waiting: readonly OutboxEntry[];
}

/** The leader's answer to `time`. */
export interface TabTime {
  readonly kind: 'time-is';
  readonly askedMs: number;
  /** The server's clock now, ms since 1970. */
  readonly serverMs: number;
}

/** The other tabs, without this one. */
export interface TabPort {
  post(message: TabMessage): void;
  /** @returns ends it */
  listen(listener: (message: TabMessage) => void): () => void;
  close(): void;
}

/** No other tabs: Node, or a browser without channels. */
export const noTabs: TabPort = {
  post() {},
  listen: () => () => {},
  close() {},
};

/** Tabs of another version of this code are not understood, and not spoken to. */
const dialect = 1;

export function channelTabs(name: string): TabPort {
  if (typeof BroadcastChannel === 'undefined') return noTabs;
  const channel = new BroadcastChannel(`${name}:${dialect}`);
  return {
    post: (message) => channel.postMessage(message),
    listen(listener) {
      const heard = ({ data }: MessageEvent<TabMessage>): void => listener(data);
      channel.addEventListener('message', heard);
      return () => channel.removeEventListener('message', heard);
    },
    close: () => channel.close(),
  };
}

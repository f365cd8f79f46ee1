import { listOf, recordOf } from '../protocol/decode-runs.ts';
import { JamzError } from '../protocol/errors.ts';
import type { Scope } from '../protocol/ids.ts';
import type {
  Commit,
  CommitsMessage,
  Cursor,
  EndedScope,
  HeadsMessage,
  LiveMessage,
  WireGroup,
} from '../protocol/wire.ts';
import { readCommits } from './read-commits.ts';

export interface InboxEvents {
  follows(scope: Scope): boolean;
  cursorOf(scope: Scope): Cursor | null;
  /** @returns true when something before these commits is missing */
  commits(scope: Scope, commits: readonly Commit[]): boolean;
  pull(scope: Scope): void;
  live(message: LiveMessage): void;
  ended(ended: EndedScope): void;
  groups(groups: readonly WireGroup[]): void;
  scopeFailed(scope: Scope, error: JamzError): void;
  /** What came has not even the shape of a message: whoever talks there is no server of ours. */
  nonsense(error: JamzError): void;
}

/** What the server says without being asked, sorted by what it is. */
export function openInbox(events: InboxEvents): (event: string, payload: unknown) => void {
  const commits = ({ scope, commits: told }: CommitsMessage): void => {
    if (!events.follows(scope)) return;
    try {
      if (events.commits(scope, readCommits(told))) events.pull(scope);
    } catch (error) {
      if (!(error instanceof JamzError)) throw error;
      events.scopeFailed(scope, error);
    }
  };
  const heads = (told: HeadsMessage): void => {
    for (const head of told) {
      const [scope, generation, seq] = listOf(head, 'head') as HeadsMessage[number];
      if (!events.follows(scope)) continue;
      const cursor = events.cursorOf(scope);
      if (!cursor || cursor[0] !== generation || cursor[1] < seq) events.pull(scope);
    }
  };

  const live = (told: LiveMessage): void => {
    for (const entry of listOf(told.entries, 'entries')) recordOf(entry, 'entry');
    events.live(told);
  };
  const heard = (event: string, payload: unknown): void => {
    switch (event) {
      case 'commits':
        commits(recordOf(payload, event) as unknown as CommitsMessage);
        break;
      case 'live':
        live(recordOf(payload, event) as unknown as LiveMessage);
        break;
      case 'heads':
        heads(listOf(payload, event) as HeadsMessage);
        break;
      case 'ended':
        events.ended(recordOf(payload, event) as unknown as EndedScope);
        break;
      case 'groups':
        events.groups(listOf(payload, event) as readonly WireGroup[]);
        break;
      // A newer server may say things that this version has no use for.
    }
  };
  return (event, payload) => {
    try {
      heard(event, payload);
    } catch (error) {
      if (!(error instanceof JamzError)) throw error;
      events.nonsense(error);
    }
  };
}

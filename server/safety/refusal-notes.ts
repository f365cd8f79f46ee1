import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Note } from './audit-trail.ts';

/** Who was refused, and at which door or scope: ids and our own words. */
export interface Refused {
  readonly siteId?: string | undefined;
  readonly actorId?: string | undefined;
  readonly subjectId: string;
}

/** Tells the audit log of an error that was a refusal, once; what is none it leaves alone. */
export type NoteRefusal = (error: unknown, about: Refused) => void;

const hourMs = 3_600_000;
/** Whoever knocks at every door shall not fill the disk. */
const maxAnHour = 1_000;

/**
 * Notes of each process that somebody was refused something (`access-refused`) or tried too often (`limit-reached`):
 * the first time in an hour for the same caller and door, and a thousand times in an hour at most.
 */
export function createRefusalNotes(note: Note, clock: Clock): NoteRefusal {
  const known = new WeakSet<JamzError>();
  const noted = new Set<string>();
  let hour = 0;

  return (error, { siteId = '', actorId, subjectId }) => {
    if (!(error instanceof JamzError)) return;
    const kind = kindOf(error);
    // What a scope refused comes by again as the answer of a route.
    if (!kind || known.has(error)) return;
    known.add(error);
    const now = Math.floor(clock.nowMs() / hourMs);
    if (now !== hour) noted.clear();
    hour = now;
    const key = `${kind} ${siteId} ${actorId} ${subjectId}`;
    if (noted.has(key) || noted.size >= maxAnHour) return;
    noted.add(key);
    note(kind, { siteId, actorId, subjectId });
  };
}

function kindOf({ code }: JamzError): 'access-refused' | 'limit-reached' | undefined {
  switch (code) {
    case 'forbidden':
    case 'removed':
    case 'origin-not-allowed':
    case 'unauthenticated':
      return 'access-refused';
    case 'rate-limited':
      return 'limit-reached';
    default:
      return undefined;
  }
}

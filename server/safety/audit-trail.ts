import type { Clock } from '../ports/clock.ts';
import type { AuditKind, AuditRecord, AuditStore } from '../ports/store.ts';

/** Whom and what an entry is about: ids, and nothing that says who that is. */
export interface AuditSubject {
  readonly siteId: string;
  readonly actorId?: string | undefined;
  readonly subjectId?: string | undefined;
  /** The same for what may be told twice: it is noted once. */
  readonly onceId?: string | undefined;
}

/** Notes what happened to the safety of a site. Never fails and keeps nobody waiting. */
export type Note = (kind: AuditKind, about: AuditSubject) => void;

export interface AuditTrail {
  readonly note: Note;
  /** Resolves when all that was noted is written. */
  settled(): Promise<void>;
  /** Forgets what is older than the retention. */
  tidy(): Promise<void>;
}

export interface AuditTrailDeps {
  readonly audit: AuditStore;
  readonly clock: Clock;
  /** How many days it goes back; 0: for ever. */
  readonly days: number;
  /** Told of each entry at once, so that it can leave this machine before anybody changes what is kept here. */
  readonly tell?: (record: AuditRecord) => void;
  /** Told of an entry that could not be written: what it is about goes on without it. */
  readonly onBug: (error: unknown) => void;
}

const dayMs = 86_400_000;

export function createAuditTrail(deps: AuditTrailDeps): AuditTrail {
  const { audit, clock, days, tell = () => {}, onBug } = deps;
  const writing = new Set<Promise<void>>();
  return {
    note(kind, { siteId, actorId = null, subjectId = null, onceId }) {
      const record: AuditRecord = { atMs: clock.nowMs(), siteId, kind, actorId, subjectId };
      tell(record);
      const written = audit
        .append(record, onceId)
        .catch(onBug)
        .finally(() => writing.delete(written));
      writing.add(written);
    },
    async settled() {
      await Promise.all(writing);
    },
    async tidy() {
      if (days > 0) await audit.dropBefore(clock.nowMs() - days * dayMs);
    },
  };
}

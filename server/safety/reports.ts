import { JamzError } from '../../sdk/protocol/errors.ts';
import { type GroupId, newId, type UserId } from '../../sdk/protocol/ids.ts';
import type { Actor } from '../access/actor.ts';
import type { GroupLog } from '../groups/group-log.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReportRecord, ReportStore } from '../ports/store.ts';
import type { Note } from './audit-trail.ts';

/** What members say about members, for the site's people to read. */
export interface Reports {
  /** @throws {JamzError} `not-found` for who never was in the group, `invalid` about oneself */
  file(
    actor: Actor,
    groupId: GroupId,
    report: { readonly memberId: UserId; readonly reason: string },
  ): Promise<{ readonly reportId: string }>;
  /** The newest first, 100 at most. @param beforeMs only those made before; for the next page, the last one's time */
  ofSite(siteId: string, beforeMs: number): Promise<readonly ReportRecord[]>;
}

export interface ReportsDeps {
  readonly reports: ReportStore;
  readonly log: Pick<GroupLog, 'stateOf'>;
  readonly clock: Clock;
  /** Numbers in [0, 1), cryptographic. */
  readonly random: () => number;
  readonly note: Note;
  /** Told of each that was filed. */
  readonly onFiled?: (report: ReportRecord) => void;
}

const pageLength = 100;

export function createReports({
  reports,
  log,
  clock,
  random,
  note,
  onFiled,
}: ReportsDeps): Reports {
  return {
    async file({ userId: reporterId, siteId }, groupId, { memberId, reason }) {
      if (memberId === reporterId) throw new JamzError('invalid', 'Report others, not yourself');
      const { members } = await log.stateOf(groupId);
      // Who has left or was removed can still be reported, and report.
      if (!members.present.has(memberId) && !members.former.get(memberId)) {
        throw new JamzError('not-found', 'This person was never in the group');
      }
      const reportId = newId(random, 16);
      const atMs = clock.nowMs();
      const report = { reportId, siteId, groupId, memberId, reporterId, reason, atMs };
      await reports.add(report);
      onFiled?.(report);
      note('member-reported', { siteId, actorId: reporterId, subjectId: reportId });
      return { reportId };
    },
    ofSite: (siteId, beforeMs) => reports.ofSite(siteId, beforeMs, pageLength),
  };
}

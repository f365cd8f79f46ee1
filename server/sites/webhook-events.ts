import { createHash } from 'node:crypto';
import type { GroupState } from '../../sdk/merge/states.ts';
import { opsOf } from '../../sdk/protocol/codec.ts';
import { groupOfScope, type Scope, serverReplicaId } from '../../sdk/protocol/ids.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import type { ReportRecord, WebhookEvent } from '../ports/store.ts';

/**
 * What a commit tells a site's backend. The same op gives the same ids, whoever looks at it and how often, and though
 * the log was wound back and it came again in another commit.
 *
 * @param now the group's state by now: tells a session that was started from a start that joined the running one
 */
export function eventsOf(
  siteId: string,
  scope: Scope,
  commit: Commit,
  now: GroupState,
): readonly WebhookEvent[] {
  const groupId = groupOfScope(scope) ?? '';
  return opsOf(commit).flatMap((op, index) =>
    toldBy(op, commit, now).map(({ type, data }, item) => ({
      eventId: idOf(siteId, scope, ...makingOf(op, commit, index), item),
      siteId,
      type,
      atMs: commit.atMs,
      data: { groupId, ...data },
    })),
  );
}

export function reportEvent({ siteId, atMs, ...report }: ReportRecord): WebhookEvent {
  const { reportId, groupId, memberId, reporterId } = report;
  const data = { reportId, groupId, memberId, reporterId };
  return { eventId: idOf('report', reportId), siteId, type: 'report.filed', atMs, data };
}

/** Once a day at most for each quota, by however many processes. @param day in UTC, as `2026-11-23` */
export function quotaEvent(
  siteId: string,
  day: string,
  atMs: number,
  data: { readonly quota: string; readonly used: number; readonly limit: number },
): WebhookEvent {
  const eventId = idOf('quota', siteId, day, data.quota);
  return { eventId, siteId, type: 'quota.near', atMs, data };
}

/** What tells the op from every other. The server counts its own anew after a winding back, and none comes again. */
function makingOf(op: Op, commit: Commit, index: number): readonly (string | number)[] {
  return op.replicaId === serverReplicaId ? [commit.hash, index] : [op.opId];
}

type Told = Pick<WebhookEvent, 'type' | 'data'>;

function toldBy(op: Op, commit: Commit, { session: { running } }: GroupState): readonly Told[] {
  switch (op.type) {
    case 'members.join': {
      const { memberId, role } = op.payload;
      return [{ type: 'member.joined', data: { memberId, role } }];
    }
    case 'playlist.add':
      return op.payload.items.map(({ itemId, title, ...item }) => ({
        type: 'track.added',
        data: {
          itemId,
          title,
          artist: item.artist ?? null,
          durationMs: item.durationMs ?? null,
          trackId: item.trackId ?? null,
          fileId: item.fileId ?? null,
          addedBy: op.authorId,
        },
      }));
    case 'session.start': {
      const { sessionId } = op.payload;
      const hasJoined =
        running && running.sessionId !== sessionId && running.startedAtMs <= commit.atMs;
      return hasJoined
        ? []
        : [{ type: 'session.started', data: { sessionId, startedBy: op.authorId } }];
    }
    default:
      return [];
  }
}

function idOf(...parts: readonly (string | number)[]): string {
  const digest = createHash('sha256').update(parts.join(' ')).digest('base64url');
  return `evt_${digest.slice(0, 24)}`;
}

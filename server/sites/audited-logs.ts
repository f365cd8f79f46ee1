import type { DecodedPush } from '../../sdk/protocol/decode.ts';
import type { PushAnswer } from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import type { AuditKind } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';

/** The logs, with who gave whom another role, and who removed whom, written into the audit log. */
export function auditedLogs(logs: ScopeLogs, note: Note): ScopeLogs {
  return {
    ...logs,
    async push(actor, message) {
      const answer = await logs.push(actor, message);
      noteChanges(actor, message, answer, note);
      return answer;
    },
    submit: (actor, message, settle, sender) =>
      logs.submit(
        actor,
        message,
        (outcome) => {
          if ('ok' in outcome) noteChanges(actor, message, outcome.ok, note);
          settle(outcome);
        },
        sender,
      ),
  };
}

const kinds: Readonly<Record<string, AuditKind>> = {
  'members.role': 'role-changed',
  'members.remove': 'member-removed',
};

/** An op that is sent again because its answer was lost is answered again, and noted once. */
function noteChanges(
  { siteId, userId: actorId }: Actor,
  { scope, runs }: DecodedPush,
  { applied }: PushAnswer,
  note: Note,
): void {
  for (const { replicaId, ops } of runs) {
    for (const [number, , , , type, payload] of ops) {
      const kind = kinds[type];
      if (!kind || !applied.some(([from, to]) => number >= from && number <= to)) continue;
      const { memberId }: { readonly memberId?: string } = Object(payload);
      const onceId = `${scope} ${replicaId} ${number}`;
      note(kind, { siteId, actorId, subjectId: memberId, onceId });
    }
  }
}

import type { DecodedPush } from '../../sdk/protocol/decode.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { PushAnswer } from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import type { AuditKind } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import type { NoteRefusal } from '../safety/refusal-notes.ts';
import { factsOf } from '../sync/run-facts.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';

/**
 * The logs, with who gave whom another role, who removed whom, and who was refused what, written into the audit log.
 */
export function auditedLogs(
  logs: ScopeLogs,
  note: Note,
  noteRefusal: NoteRefusal = () => {},
): ScopeLogs {
  const refused = ({ siteId, userId: actorId }: Actor, scope: Scope, error: unknown): void =>
    noteRefusal(error, { siteId, actorId, subjectId: scope });

  const answered = (actor: Actor, message: DecodedPush, answer: PushAnswer): void => {
    noteChanges(actor, message, answer, note);
    for (const [, code, text] of answer.refused) {
      refused(actor, message.scope, new JamzError(code, text));
    }
  };

  return {
    ...logs,
    async admit(actor, row, scope) {
      try {
        return await logs.admit(actor, row, scope);
      } catch (error) {
        refused(actor, scope, error);
        throw error;
      }
    },
    async push(actor, message) {
      try {
        const answer = await logs.push(actor, message);
        answered(actor, message, answer);
        return answer;
      } catch (error) {
        refused(actor, message.scope, error);
        throw error;
      }
    },
    submit: (actor, message, settle, sender) =>
      logs.submit(
        actor,
        message,
        (outcome) => {
          if ('ok' in outcome) answered(actor, message, outcome.ok);
          else refused(actor, message.scope, outcome.error);
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

const kindTypes = Object.keys(kinds);

/** An op that is sent again because its answer was lost is answered again, and noted once. */
function noteChanges(
  { siteId, userId: actorId }: Actor,
  { scope, runs }: DecodedPush,
  { applied }: PushAnswer,
  note: Note,
): void {
  for (const run of runs) {
    const { types } = factsOf(run);
    if (!kindTypes.some((type) => types.has(type))) continue;
    const { replicaId, ops } = run;
    for (const [number, , , , type, payload] of ops) {
      const kind = kinds[type];
      if (!kind || !applied.some(([from, to]) => number >= from && number <= to)) continue;
      const { memberId }: { readonly memberId?: string } = Object(payload);
      const onceId = `${scope} ${replicaId} ${number}`;
      note(kind, { siteId, actorId, subjectId: memberId, onceId });
    }
  }
}

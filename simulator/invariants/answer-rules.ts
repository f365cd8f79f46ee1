import { numbersIn } from '../../sdk/protocol/codec.ts';
import { type Scope, userScope } from '../../sdk/protocol/ids.ts';
import type { PushAnswer, PushMessage } from '../../sdk/protocol/wire.ts';
import type { BusMessage } from '../../server/ports/bus.ts';
import type { SimSession } from '../world/sim-gateway.ts';
import type { LogRules } from './log-rules.ts';
import type { Breach } from './violation.ts';

/** A removal takes effect on every socket this soon. */
const announcedWithinMs = 5_000;

/** Watches what servers say. */
export class AnswerRules {
  readonly #logs: LogRules;
  readonly #breach: Breach;
  readonly #crashesMs: number[] = [];

  constructor(logs: LogRules, breach: Breach) {
    this.#logs = logs;
    this.#breach = breach;
  }

  answered({ actor }: SimSession, push: unknown, answer: PushAnswer, nowMs: number): void {
    const { scope } = answer;
    const { runs } = push as PushMessage;
    const sent = new Map(
      runs.flatMap(({ replicaId, stamperId, ops }) =>
        ops.map(([number, counter]) => [number, [replicaId, `${stamperId}-${counter}`]] as const),
      ),
    );
    for (const number of numbersIn(answer.applied)) {
      const [replicaId, opId] = sent.get(number) ?? ['', ''];
      if (this.#logs.wasIn(opId)) continue;
      const there = this.#logs.opAt(scope, replicaId, number) ?? 'nothing';
      this.#breach(
        'acknowledged is durable',
        `${actor.userId} was told that ${opId} is in the log: at ${replicaId} ${number} is ${there}`,
      );
    }
    for (const [number] of answer.refused) {
      const [replicaId] = sent.get(number) ?? [''];
      this.#logs.refused(scope, replicaId, number, nowMs);
    }
    for (const { seq, count, hash } of answer.commits) {
      if (this.#logs.wasEnd(scope, seq + count - 1, hash)) continue;
      this.#breach('told is durable', `an answer to ${actor.userId} has ${scope} ${seq} ${hash}`);
    }
  }

  told({ actor }: SimSession, scope: Scope, message: BusMessage, nowMs: number): void {
    const log = this.#logs.log(scope);
    if (message.kind === 'commits') {
      for (const { seq, count, hash } of message.commits) {
        if (this.#logs.wasEnd(scope, seq + count - 1, hash)) continue;
        this.#breach('told is durable', `${actor.userId} is told ${scope} ${seq} ${hash}`);
      }
    }
    if (log.state.kind === 'user') {
      if (scope !== userScope(actor.userId)) this.#tellsStranger(actor.userId, scope);
      return;
    }
    if (log.state.members.present.has(actor.userId)) return;
    // What was said before somebody left may reach them after.
    const leftAt = log.state.members.former.get(actor.userId)?.seq ?? 0;
    if (message.kind === 'commits' && message.commits.every((one) => lastOf(one) < leftAt)) return;
    // Positions are in no order with the log: for a moment a removal is durable and not told yet.
    if (message.kind === 'live' && nowMs - log.endedMs < announcedWithinMs) return;
    // Whoever wrote the removal died before it could tell: the other process's sockets learn when they come back.
    if (this.#crashesMs.some((atMs) => isAbout(atMs, log.endedMs))) return;
    this.#tellsStranger(actor.userId, scope);
  }

  crashed(nowMs: number): void {
    this.#crashesMs.push(nowMs);
  }

  #tellsStranger(userId: string, scope: Scope): void {
    this.#breach('members only', `${userId} is told of ${scope}`);
  }
}

function isAbout(crashMs: number, endedMs: number): boolean {
  return crashMs >= endedMs && crashMs - endedMs < announcedWithinMs;
}

function lastOf({ seq, count }: { readonly seq: number; readonly count: number }): number {
  return seq + count - 1;
}

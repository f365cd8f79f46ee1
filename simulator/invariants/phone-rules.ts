import { numbersIn } from '../../sdk/protocol/codec.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import { oldestAcceptedVersion } from '../../sdk/protocol/version.ts';
import type {
  CommitsMessage,
  HeadsMessage,
  PullAnswer,
  PushAnswer,
  PushMessage,
  WireError,
} from '../../sdk/protocol/wire.ts';
import type { SyncStatus } from '../../sdk/sync/status.ts';
import type { Phone } from '../world/phone.ts';
import type { Book } from './book.ts';
import type { LogRules } from './log-rules.ts';
import type { Breach } from './violation.ts';

interface Seen {
  run: number;
  /** When anything of the server's last arrived, virtual ms. */
  heardMs: number;
  /** The furthest that was heard of: generation, then seq. */
  readonly heads: Map<Scope, readonly [generation: number, seq: number]>;
  /** What waits here, and since when nothing has moved. */
  waiting: string;
  stillSinceMs: number;
}

/** The longest a link may be silent and still count as one: a probe's interval and its timeout, and some slack. */
const silenceMs = 22_000;
/** With a good network and a server that works, so long nothing may stand still that waits. */
const patienceMs = 240_000;

/** Watches what phones know, show and say of themselves. */
export class PhoneRules {
  readonly #book: Book;
  readonly #logs: LogRules;
  readonly #breach: Breach;
  readonly #seen = new Map<Phone, Seen>();

  constructor(book: Book, logs: LogRules, breach: Breach) {
    this.#book = book;
    this.#logs = logs;
    this.#breach = breach;
  }

  delivered(phone: Phone, event: string, payload: unknown, nowMs: number): void {
    const seen = this.#of(phone);
    seen.heardMs = nowMs;
    switch (event) {
      case 'heads':
        for (const [scope, generation, seq] of payload as HeadsMessage) {
          hear(seen, scope, generation, seq);
        }
        return;
      case 'commits': {
        const { scope, commits } = payload as CommitsMessage;
        for (const { generation, seq, count } of commits) {
          hear(seen, scope, generation, seq + count - 1);
        }
        return;
      }
      case 'answer pull':
      case 'answer follow': {
        const { scope, head } = payload as PullAnswer;
        hear(seen, scope, head[0], head[1]);
        return;
      }
      case 'answer push':
        this.#count(phone, payload as PushAnswer);
        return;
      case 'refusal push': {
        const { to, code } = payload as WireError & { readonly to: PushMessage };
        if (!['too-large', 'internal', 'invalid'].includes(code)) return;
        for (const { replicaId, ops } of to.runs) {
          for (const [number] of ops) {
            const deed = this.#book.byNumber(to.scope, replicaId, number);
            if (deed) deed.answers.retries += 1;
          }
        }
        return;
      }
      default:
        return;
    }
  }

  status(phone: Phone, { state }: SyncStatus, nowMs: number): void {
    if (state === 'SYNCED') this.#checkSynced(phone, nowMs);
  }

  /** Asked every few seconds. */
  sweep(phone: Phone, nowMs: number, isCalm: boolean): void {
    const { run, engine } = phone;
    if (!run || !engine || run.lifetime.asleep || phone.isSwitchedOff) {
      // What waits meanwhile waits for its person.
      this.#of(phone).waiting = '';
      return;
    }
    const status = engine.status$.value;
    if (status.state === 'SYNCED') this.#checkSynced(phone, nowMs);
    const pending = engine.replica.pendingCount;
    const under = run.lifetime.armed > 0 || run.tokenAsked || run.link?.isOpen === true;
    // An app that no server speaks with any more waits for its person to update it.
    if (pending > 0 && !under && phone.version >= oldestAcceptedVersion) {
      this.#breach('always armed', `${phone.userId} has ${pending} ops waiting and nothing armed`);
    }
    const seen = this.#of(phone);
    const waiting = pending === 0 || !isCalm ? '' : this.#oldest(phone);
    if (waiting !== seen.waiting || waiting === '') {
      seen.waiting = waiting;
      seen.stillSinceMs = nowMs;
    } else if (nowMs - seen.stillSinceMs > patienceMs) {
      this.#breach('always armed', `${phone.userId} leaves ${waiting} unsent on a good link`);
    }
  }

  #checkSynced(phone: Phone, nowMs: number): void {
    const { engine } = phone;
    const seen = this.#of(phone);
    if (!engine || phone.run?.lifetime.asleep) return;
    for (const replica of engine.replica.scopes) {
      const waiting = [...replica.pending()].length;
      const told = seen.heads.get(replica.scope) ?? [1, 0];
      const at = replica.cursor ?? [1, 0];
      if (waiting > 0 || (phone.scopes.has(replica.scope) && isBehind(at, told))) {
        const why = `${waiting} waiting, at ${at[0]} ${at[1]} of ${told[0]} ${told[1]} in ${replica.scope}`;
        this.#breach('SYNCED is true', `${phone.userId} says SYNCED: ${why}`);
      }
    }
    // A page that the system holds back cannot know; it finds out when it is let go on.
    const { steadySinceMs } = phone.screen;
    const silentMs = nowMs - Math.max(seen.heardMs, steadySinceMs ?? nowMs);
    if (silentMs > silenceMs) {
      const seconds = Math.round(silentMs / 1_000);
      this.#breach('SYNCED is true', `${phone.userId} says SYNCED after ${seconds} s of silence`);
    }
  }

  #count(phone: Phone, { scope, applied, refused, retry }: PushAnswer): void {
    const { contents } = phone.disk;
    const ids = new Set([phone.engine?.replica.replicaId ?? '', contents.replicaId ?? '']);
    const each = (
      number: number,
      count: (answers: { refused: number; retries: number }) => void,
    ) => {
      for (const replicaId of ids) {
        const deed = this.#book.byNumber(scope, replicaId, number);
        if (deed) count(deed.answers);
      }
    };
    for (const [number] of refused) {
      each(number, (answers) => {
        answers.refused += 1;
      });
    }
    for (const [number] of retry) {
      each(number, (answers) => {
        answers.retries += 1;
      });
    }
    for (const number of numbersIn(applied)) each(number, () => {});
  }

  #oldest(phone: Phone): string {
    for (const replica of phone.engine?.replica.scopes ?? []) {
      if (!phone.scopes.has(replica.scope)) continue;
      for (const { op, stage } of replica.pending()) {
        // What was made before a log was wound back may wait for what others bring back.
        if (!this.#logs.mayWait(replica.scope, op.base)) return `${op.opId} (${op.type}, ${stage})`;
      }
    }
    return '';
  }

  #of(phone: Phone): Seen {
    const run = phone.run?.number ?? 0;
    let seen = this.#seen.get(phone);
    if (!seen || seen.run !== run) {
      seen = { run, heardMs: 0, heads: new Map(), waiting: '', stillSinceMs: 0 };
      this.#seen.set(phone, seen);
    }
    return seen;
  }
}

function hear({ heads }: Seen, scope: Scope, generation: number, seq: number): void {
  const known = heads.get(scope);
  if (!known || isBehind(known, [generation, seq])) heads.set(scope, [generation, seq]);
}

/** @param at a place, of whose further parts nothing matters */
function isBehind(at: readonly (number | string)[], [generation, seq]: readonly number[]): boolean {
  const [atGeneration, atSeq] = [Number(at[0]), Number(at[1])];
  return atGeneration < (generation ?? 0) || (atGeneration === generation && atSeq < (seq ?? 0));
}

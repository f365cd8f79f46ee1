import { toOp } from '../../sdk/protocol/codec.ts';
import type { OpId } from '../../sdk/protocol/ids.ts';
import type { PushMessage } from '../../sdk/protocol/wire.ts';
import { createdBy, namedBy } from '../../sdk/sync/references.ts';
import type { Phone } from '../world/phone.ts';
import type { Book, Deed } from './book.ts';
import type { LogRules } from './log-rules.ts';
import type { Breach } from './violation.ts';

/** Watches the order in which ops leave a phone. */
export class OrderRules {
  readonly #book: Book;
  readonly #logs: LogRules;
  readonly #breach: Breach;
  /** `<scope> <entity>` → who made it here. */
  readonly #makers = new Map<string, Deed>();

  constructor(book: Book, logs: LogRules, breach: Breach) {
    this.#book = book;
    this.#logs = logs;
    this.#breach = breach;
  }

  /** Something was done that brings something into being. */
  made(deed: Deed): void {
    for (const id of createdBy(deed as never)) this.#makers.set(`${deed.scope} ${id}`, deed);
  }

  sent(phone: Phone, event: string, payload: unknown): void {
    if (event !== 'push') return;
    const { scope, runs } = payload as PushMessage;
    const before = new Set<OpId>();
    for (const run of runs) {
      for (const wire of run.ops) {
        const op = toOp(run, wire);
        const pending = phone.engine?.replica.scope(scope).find(op.opId);
        if (pending) this.#book.recognise(op.opId, pending.settlement);
        for (const id of namedBy(op)) {
          const maker = this.#makers.get(`${scope} ${id}`);
          if (id === 'session' || !maker || maker.phone !== phone || maker.seq > 0) continue;
          const order = this.#book.find(op.opId)?.order ?? 0;
          // Who leaves a session and joins it again has made nothing that the leaving needed.
          if (maker.order > order) continue;
          if (before.has(maker.opId) || maker.opId === op.opId || maker.gone) continue;
          // Until it has pulled, a phone does not know that a log lacks what it had.
          if (maker.wasCut) continue;
          if (maker.outcome === 'refused' || this.#logs.has(maker.opId)) continue;
          // Whoever retries what was set aside, and not what it needs, is told no.
          if (phone.engine?.replica.setAside.some((one) => maker.ids.has(one.op.opId))) continue;
          this.#breach(
            'dependencies first',
            `${phone.userId} sends ${op.opId} (${op.type}) before ${maker.opId} (${maker.type})`,
          );
        }
        before.add(op.opId);
      }
    }
  }
}

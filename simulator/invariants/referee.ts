import type { Phone } from '../world/phone.ts';
import type { Witness } from '../world/witness.ts';
import { AnswerRules } from './answer-rules.ts';
import { Book } from './book.ts';
import { JournalRules } from './journal-rules.ts';
import { LogRules } from './log-rules.ts';
import { OrderRules } from './order-rules.ts';
import { PhoneRules } from './phone-rules.ts';
import { PrivacyRules } from './privacy-rules.ts';
import { ScreenRules } from './screen-rules.ts';
import { TabRules } from './tab-rules.ts';
import type { Breach, Invariant, Violation } from './violation.ts';

/** Sees everything and keeps the first promise that was broken. */
export class Referee {
  readonly book: Book = new Book();
  readonly logs: LogRules;
  readonly phones: PhoneRules;
  readonly screens: ScreenRules;
  readonly privacy: PrivacyRules;
  readonly order: OrderRules;
  readonly tabs: TabRules;
  readonly witness: Witness;
  violation: Violation | undefined;
  readonly #nowMs: () => number;
  /** The last run of each phone that told that its storage had failed. */
  readonly #inMemory = new Map<Phone, number>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    const breach: Breach = (invariant, message) => this.breach(invariant, message);
    this.logs = new LogRules(this.book, breach);
    this.phones = new PhoneRules(this.book, this.logs, breach);
    this.screens = new ScreenRules(this.book, this.logs, breach);
    this.privacy = new PrivacyRules(breach);
    this.order = new OrderRules(this.book, this.logs, breach);
    this.tabs = new TabRules(breach);
    const answers = new AnswerRules(this.logs, breach);
    const journals = new JournalRules(this.book, this.logs, breach);
    this.witness = {
      committed: (scope, commit) => this.logs.committed(scope, commit, nowMs()),
      woundBack: (scope, fork) => this.logs.woundBack(scope, fork),
      putBack: (scope, seq) => this.logs.wasPutBack(scope, seq),
      answered: (session, push, answer) => answers.answered(session, push, answer, nowMs()),
      told: (session, scope, message) => answers.told(session, scope, message, nowMs()),
      sent: (phone, event, payload) => {
        this.privacy.sent(phone, event, payload);
        this.order.sent(phone, event, payload);
      },
      delivered: (phone, event, payload) => this.phones.delivered(phone, event, payload, nowMs()),
      journalled: (phone, write) => journals.written(phone, write),
      turned: (phone, scopes) => {
        const { engine, run } = phone;
        if (engine && run) this.screens.turned({ phone, engine, run: run.number }, scopes);
      },
      turnedBeside: (phone, scopes) => {
        const { engine, number } = phone.beside;
        if (engine) this.screens.turned({ phone, engine, run: number }, scopes);
      },
      status: (phone, status) => {
        if (status.storage === 'memory') this.#noteMemory(phone);
        this.phones.status(phone, status, nowMs());
      },
      stopped: (phone) => this.#stopped(phone),
      left: (phone, run) => this.#left(phone, run),
      serverCrashed: () => answers.crashed(nowMs()),
      bug: (where, error) => this.breach('no bug', `${where}: ${textOf(error)}`),
    };
  }

  breach(invariant: Invariant, message: string): void {
    this.violation ??= { invariant, message, atMs: this.#nowMs() };
  }

  /** Whether this run of an app, or one after it, told that it lives in memory and loses what it has with its page. */
  livedInMemory(phone: Phone, run: number): boolean {
    return (this.#inMemory.get(phone) ?? 0) >= run;
  }

  #noteMemory(phone: Phone): void {
    if (phone.run) this.#inMemory.set(phone, phone.run.number);
  }

  /** A tab that was closed in order has left what was tapped in it, unless its storage had failed. */
  #left(phone: Phone, run: number): void {
    const { full, broken } = phone.disk.condition;
    for (const deed of this.book.deeds) {
      if (deed.phone !== phone || deed.run !== run || deed.stored || deed.seq > 0) continue;
      if (deed.gone || deed.outcome === 'refused') continue;
      if (full || broken || this.livedInMemory(phone, run)) deed.gone = 'memory';
      else this.breach('nothing lost', `${phone.userId} closes a tab and loses ${deed.opId}`);
    }
  }

  /** What the storage did not have is gone with the page, and may be. */
  #stopped(phone: Phone): void {
    for (const deed of this.book.deeds) {
      if (deed.phone === phone && !deed.stored && deed.seq === 0) deed.gone ??= 'never stored';
    }
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

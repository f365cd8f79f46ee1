import type { GroupState } from '../../sdk/merge/states.ts';
import type { Scope } from '../../sdk/protocol/ids.ts';
import type { SyncEngine } from '../../sdk/sync/sync-engine.ts';
import type { Phone } from '../world/phone.ts';
import { roadScope } from '../world/server-process.ts';
import type { Book } from './book.ts';
import type { LogRules } from './log-rules.ts';
import type { Breach } from './violation.ts';

/** One page of an app: the tab that leads, or one beside it. */
export interface Page {
  readonly phone: Phone;
  readonly engine: SyncEngine;
  /** The app's run, which names it. */
  readonly run: number;
}

/** What stays on a screen until it is undone, and the parts of the state in which it was last looked for. */
interface Watched {
  readonly run: number;
  readonly ids: Map<string, { readonly kind: 'message' | 'place'; id: string; opId: string }>;
  messages: GroupState['messages'] | null;
  places: GroupState['places'] | null;
}

/** Watches what pages show. */
export class ScreenRules {
  readonly #book: Book;
  readonly #logs: LogRules;
  readonly #breach: Breach;
  /** By page: of each phone the newest that leads, and the newest beside it. */
  readonly #watched = new Map<string, Watched>();

  constructor(book: Book, logs: LogRules, breach: Breach) {
    this.#book = book;
    this.#logs = logs;
    this.#breach = breach;
  }

  /** Something that stays until it is undone: watched from now on. */
  watch(page: Page, kind: 'message' | 'place', id: string, opId: string): void {
    const name = nameOf(page);
    let watched = this.#watched.get(name);
    if (watched?.run !== page.run) {
      watched = { run: page.run, ids: new Map(), messages: null, places: null };
      this.#watched.set(name, watched);
    }
    watched.ids.set(`${kind} ${id}`, { kind, id, opId });
    watched.messages = null;
  }

  turned(page: Page, scopes: ReadonlySet<Scope>): void {
    for (const scope of scopes) {
      const replica = page.engine.replica.scope(scope);
      if (!replica.cursor) continue;
      const [, seq, hash] = replica.cursor;
      if (seq > 0 && !this.#logs.wasEnd(scope, seq, hash)) {
        this.#breach('on the chain', `${nameOf(page)} stands at ${scope} ${seq} ${hash}`);
      }
      const { shown } = replica;
      if (shown.kind === 'group') this.#checkWatched(page, shown);
    }
  }

  /** Only what changed can have lost anything: a state shares with the one before it what is the same. */
  #checkWatched(page: Page, { messages, places }: GroupState): void {
    const watched = this.#watched.get(nameOf(page));
    if (watched?.run !== page.run) return;
    if (watched.messages === messages && watched.places === places) return;
    Object.assign(watched, { messages, places });
    for (const [key, { kind, id, opId }] of watched.ids) {
      if (kind === 'message' ? messages.has(id) : places.has(id)) continue;
      const deed = this.#book.find(opId);
      const isPruned = (deed?.seq ?? 0) > 0 && !this.#isInLog(page, kind, id, deed?.seq ?? 0);
      // What it would be brought back from is on a disk that failed: the next run has it.
      const isOutOfReach = deed?.wasCut && page.engine.status$.value.storage === 'memory';
      if (
        isPruned ||
        isOutOfReach ||
        // Cut out for good before its phone had heard that it was in.
        deed?.isUnwanted ||
        deed?.outcome === 'refused' ||
        deed?.gone ||
        deed?.run !== page.run
      ) {
        watched.ids.delete(key);
        continue;
      }
      this.#breach('no flicker', `${nameOf(page)} no longer shows ${key} of ${opId}`);
    }
  }

  /** In the log as it is, and as it was where a page stands that has not heard yet that it was wound back: what that cut out may have pruned it. */
  #isInLog(page: Page, kind: 'message' | 'place', id: string, deedSeq: number): boolean {
    const [, seq, hash] = page.engine.replica.scope(roadScope).cursor ?? [0, 0, ''];
    const cut = seq >= deedSeq ? this.#logs.cutStateAt(roadScope, seq, hash) : undefined;
    return [this.#logs.log(roadScope).state, ...(cut ? [cut] : [])].every(
      (state) =>
        state.kind === 'group' &&
        (kind === 'message' ? state.messages.has(id) : state.places.has(id)),
    );
  }
}

function nameOf({ phone, engine }: Page): string {
  return engine === phone.engine ? phone.userId : `${phone.userId}’s second tab`;
}

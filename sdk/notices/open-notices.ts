import type { Jamz } from '../api.ts';
import type { Hub } from '../hub.ts';
import type { ScopeState } from '../merge/states.ts';
import type { Scope, UserId } from '../protocol/ids.ts';
import type { KeyValue } from '../store/key-value.ts';
import type { LiveValue } from '../sync/live-value.ts';
import type { SyncEngine } from '../sync/sync-engine.ts';
import { FieldBook, type Overtaken, type Taken } from './field-book.ts';
import { standing } from './field-writes.ts';
import { type KeptNotice, loadKept, maxNotices, saveKept } from './kept-notices.ts';
import type { Notice } from './notice.ts';
import type { NoticeTabs } from './notice-tabs.ts';
import { textOf } from './notice-text.ts';
import { putBack, type Send } from './put-back.ts';
import { refusedNotices } from './refused-notices.ts';
import { statusNotices } from './status-notices.ts';

export interface NoticesDeps {
  readonly hub: Pick<Hub, 'engine' | 'userId' | 'state' | 'ended' | 'changes'> & { send: Send };
  readonly jamz: Pick<Jamz, 'status$' | 'setAside$'>;
  readonly storage: KeyValue;
  readonly tabsOf: (userId: UserId) => NoticeTabs;
  readonly newId: () => string;
  readonly nowMs: () => number;
}

/** What the confirmed state of one scope took in. */
export interface ScopeTaken extends Taken {
  readonly scope: Scope;
}

/**
 * What the person is told without having asked: own writes that others overtook, ops that were refused, a page that is
 * too old, storage that does not hold. Overtaken writes are found by the tab that leads, and told to the others.
 */
export class Notices {
  readonly #deps: NoticesDeps;
  readonly #notices$: LiveValue<readonly Notice[]>;
  readonly #ends: (() => void)[] = [];
  readonly #books = new Map<Scope, FieldBook>();
  readonly #dismissed = new Set<string>();
  #userId: UserId | undefined;
  #engine: SyncEngine | undefined;
  #kept: readonly KeptNotice[] = [];
  #tabs: NoticeTabs | undefined;
  #turns: Promise<void> = Promise.resolve();

  constructor(deps: NoticesDeps, notices$: LiveValue<readonly Notice[]>) {
    this.#deps = deps;
    this.#notices$ = notices$;
    this.#ends.push(
      deps.hub.changes('all')(
        () => this.#look(),
        () => {},
      ),
    );
    const watch = deps.jamz.status$.subscribe(() => this.#look());
    this.#ends.push(() => watch.unsubscribe());
    this.#look();
  }

  /** Own writes are compared with what came; only the tab that leads hears of it. */
  took(taken: ScopeTaken): void {
    const { engine, userId } = this.#deps.hub;
    // Where only something shown is another its stream says so.
    if (userId !== this.#userId) this.#look();
    if (!userId) return;
    this.#inTurn(async () => {
      // Another engine leads here now: the one before, in another tab perhaps, has kept its writes.
      if (engine !== this.#engine) {
        this.#engine = engine;
        await this.#read(userId);
      }
      // What was told before this code came may be another person's, who was signed in then.
      const own = taken.own.filter(({ authorId }) => authorId === userId);
      if (this.#userId === userId) await this.#take({ ...taken, own }, userId);
    });
  }

  /** Resolves when all that came so far was looked at. */
  settled(): Promise<void> {
    return this.#turns;
  }

  close(): void {
    for (const end of this.#ends) end();
    this.#tabs?.close();
  }

  async #take(taken: ScopeTaken, userId: UserId): Promise<void> {
    const { scope, commits, state } = taken;
    const book = this.#books.get(scope) ?? new FieldBook();
    this.#books.set(scope, book);
    const before = book.writes;
    const lost = book.take(taken);
    if (lost.length === 0) {
      if (before !== book.writes) await this.#save(userId);
      return;
    }
    const atMs = commits?.at(-1)?.atMs ?? this.#deps.nowMs();
    this.#kept = [...this.#kept, ...lost.map((one) => toKept(one, scope, state, atMs))].slice(
      -maxNotices,
    );
    await this.#save(userId);
    this.#deps.hub.engine?.counters.overtaken(lost.length);
    this.#tabs?.post({ kind: 'told', notices: this.#kept });
    this.#show();
  }

  /** Somebody else is signed in, or nobody; or only something shown is another. */
  #look(): void {
    const { userId } = this.#deps.hub;
    if (userId !== this.#userId) this.#become(userId);
    this.#show();
  }

  #become(userId: UserId | undefined): void {
    this.#userId = userId;
    this.#kept = [];
    this.#books.clear();
    this.#dismissed.clear();
    this.#engine = undefined;
    this.#tabs?.close();
    this.#tabs = undefined;
    if (!userId) return;
    const tabs = this.#deps.tabsOf(userId);
    this.#tabs = tabs;
    tabs.listen((message) => {
      if (message.kind === 'told') this.#kept = message.notices;
      else void this.#drop(message.id);
      this.#show();
    });
    this.#inTurn(() => this.#read(userId));
  }

  async #read(userId: UserId): Promise<void> {
    const { writes, notices } = await loadKept(this.#deps.storage, userId);
    if (this.#userId !== userId) return;
    this.#kept = notices;
    this.#books.clear();
    for (const [scope, known] of Object.entries(writes)) {
      this.#books.set(scope as Scope, new FieldBook(known));
    }
    this.#show();
  }

  async #save(userId: UserId): Promise<void> {
    // Of a group that is over nothing is told, and nothing stays on the device.
    for (const scope of this.#books.keys()) {
      if (this.#deps.hub.ended(scope)) this.#books.delete(scope);
    }
    const writes = Object.fromEntries(
      [...this.#books].map(([scope, book]) => [scope, book.writes]),
    );
    const notices = this.#kept.filter(({ scope }) => !this.#deps.hub.ended(scope));
    await saveKept(this.#deps.storage, userId, { writes, notices });
  }

  #show(): void {
    const { hub, jamz } = this.#deps;
    const { error, storageNote } = jamz.status$.value;
    const setAside = jamz.setAside$.value;
    const last = this.#notices$.value;
    // As a rule, and with each op that anybody makes.
    const isQuiet = error?.code !== 'update-needed' && storageNote === null;
    if (isQuiet && this.#kept.length + setAside.length + last.length === 0) return;
    const dismiss = (id: string) => (): void => {
      this.#dismissed.add(id);
      this.#show();
    };
    const kept = this.#kept
      .filter(({ scope }) => !hub.ended(scope))
      .map((one) => this.#toNotice(one));
    const aside = hub.engine?.replica.setAside ?? [];
    const refused = refusedNotices(
      setAside,
      (opId) => aside.find(({ op }) => op.opId === opId)?.op.type,
      (scope) => hub.state(scope),
    );
    const device = statusNotices(jamz.status$.value, this.#deps.nowMs(), dismiss);
    const next = [...kept, ...refused, ...device].filter(({ id }) => !this.#dismissed.has(id));
    const isSame = next.length === last.length && next.every(({ id }, at) => id === last[at]?.id);
    if (!isSame) this.#notices$.next(next);
  }

  #toNotice(kept: KeptNotice): Notice {
    const { id, scope, subject, title, fields, by, byName, atMs } = kept;
    const about = subject === 'group' ? 'group' : subject.startsWith('place:') ? 'place' : 'member';
    const told = { id, scope, text: textOf(kept), atMs, about, title, fields, by, byName } as const;
    const dismiss = (): void => {
      this.#tabs?.post({ kind: 'dismissed', id });
      void this.#drop(id);
    };
    const put = (): ReturnType<typeof putBack> => {
      const sent = putBack(kept, (...op) => this.#deps.hub.send(...op), this.#deps.newId);
      // Where it cannot be put back the notice stays: it says what was lost.
      sent?.acked.then(dismiss, () => {});
      return sent;
    };
    if (kept.kind === 'removed') return { ...told, kind: 'removed', putBack: put, dismiss };
    return {
      ...told,
      kind: 'overtaken',
      putBack: () => put() ?? { opId: '', acked: Promise.resolve() },
      dismiss,
    };
  }

  async #drop(id: string): Promise<void> {
    const userId = this.#userId;
    this.#kept = this.#kept.filter((kept) => kept.id !== id);
    this.#show();
    if (userId && this.#deps.hub.engine?.status$.value.leader) {
      this.#inTurn(() => this.#save(userId));
    }
  }

  #inTurn(run: () => Promise<void>): void {
    this.#turns = this.#turns.then(run).catch(() => {});
  }
}

function toKept(
  { kind, write, fields, by }: Overtaken,
  scope: Scope,
  state: ScopeState,
  atMs: number,
): KeptNotice {
  const { subject, opId } = write;
  const members = state.kind === 'group' ? state.members : undefined;
  const nameOf = (id: string): string | null =>
    members?.present.get(id)?.name ?? members?.former.get(id)?.name ?? null;
  const id = subject.slice(subject.indexOf(':') + 1);
  const place =
    state.kind === 'group' && subject.startsWith('place:') ? state.places.get(id) : undefined;
  const title = standing(state, subject)?.title ?? place?.name ?? nameOf(id) ?? '';
  const whole = place ? { name: place.name, lat: place.lat, lng: place.lng } : null;
  return {
    id: `${opId}:${fields.map(({ field }) => field).join()}`,
    kind,
    scope,
    subject,
    title,
    fields,
    whole,
    by,
    byName: by === null ? null : nameOf(by),
    atMs,
  };
}

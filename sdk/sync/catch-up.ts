import { emptyState, foldVersion } from '../merge/fold.ts';
import { decodeSnapshot } from '../merge/snapshot.ts';
import type { ScopeState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import type { Scope } from '../protocol/ids.ts';
import type { Commit, Cursor, PullAnswer, SnapshotHeader } from '../protocol/wire.ts';
import type { Link } from '../transport/link.ts';
import { readJson } from './inflate.ts';
import { readCommits } from './read-commits.ts';

const answerTimeoutMs = 20_000;

export interface CatchUpEvents {
  cursorOf(scope: Scope): Cursor | null;
  /** @returns true when something is still missing */
  commits(scope: Scope, commits: readonly Commit[], headSeq: number): boolean;
  snapshot(scope: Scope, state: ScopeState, cursor: Cursor): void;
  failed(scope: Scope, error: JamzError): void;
  /** This scope's pull has ended, well or not. */
  settled(scope: Scope): void;
}

interface Partial {
  readonly header: SnapshotHeader;
  readonly parts: Uint8Array[];
  bytes: number;
}

/** Brings scopes to their heads: tails, or a snapshot and its tail. One pull per scope at a time. */
export class CatchUp {
  readonly #events: CatchUpEvents;
  readonly #underWay = new Set<Scope>();
  readonly #partial = new Map<Scope, Partial>();
  #link: Link | undefined;

  constructor(events: CatchUpEvents) {
    this.#events = events;
  }

  get busy(): boolean {
    return this.#underWay.size > 0;
  }

  isBusy(scope: Scope): boolean {
    return this.#underWay.has(scope);
  }

  use(link: Link | undefined): void {
    this.#link = link;
    this.#underWay.clear();
  }

  /** Asks for what came after the cursor, until there is nothing more. */
  pull(scope: Scope): void {
    const link = this.#link;
    if (!link || this.#underWay.has(scope)) return;
    this.#run(scope, link, async () => {
      const message = { scope, cursor: this.#events.cursorOf(scope) };
      return link.request<PullAnswer>('pull', message, answerTimeoutMs);
    });
  }

  /** Takes an answer that came with `hello` or `follow`. */
  take(answer: PullAnswer): void {
    const link = this.#link;
    if (link) this.#run(answer.scope, link, async () => answer);
  }

  #run(scope: Scope, link: Link, ask: () => Promise<PullAnswer>): void {
    this.#underWay.add(scope);
    const work = async (): Promise<boolean> => this.#apply(await ask(), link);
    work().then(
      (missing) => {
        if (this.#link !== link) return;
        this.#underWay.delete(scope);
        if (missing) this.pull(scope);
        else this.#events.settled(scope);
      },
      (error: unknown) => {
        if (this.#link !== link) return;
        this.#underWay.delete(scope);
        this.#events.failed(scope, error instanceof JamzError ? error : broken(error));
        this.#events.settled(scope);
      },
    );
  }

  async #apply(answer: PullAnswer, link: Link): Promise<boolean> {
    if (answer.snapshot) {
      const parts = await this.#load(answer.scope, answer.snapshot, answer.chunk, link);
      const state = await openSnapshot(answer.scope, answer.snapshot, parts);
      if (this.#link !== link) return false;
      this.#partial.delete(answer.scope);
      this.#events.snapshot(answer.scope, state, answer.snapshot.cursor);
    } else if (!this.#events.cursorOf(answer.scope)) {
      // The log is told from its start.
      this.#events.snapshot(answer.scope, emptyState(answer.scope), [answer.head[0], 0, '']);
    }
    return this.#events.commits(answer.scope, readCommits(answer.commits), answer.head[1]);
  }

  /** Chunks that arrived before the link was lost are not asked for again. */
  async #load(
    scope: Scope,
    header: SnapshotHeader,
    first: Uint8Array,
    link: Link,
  ): Promise<readonly Uint8Array[]> {
    let partial = this.#partial.get(scope);
    if (!partial || partial.header.cursor[2] !== header.cursor[2]) {
      partial = { header, parts: [], bytes: 0 };
      this.#partial.set(scope, partial);
    }
    if (partial.bytes === 0) append(partial, first);
    while (partial.bytes < header.totalBytes) {
      const message = { scope, cursor: header.cursor, offset: partial.bytes };
      append(partial, await link.request<Uint8Array>('chunk', message, answerTimeoutMs));
    }
    return partial.parts;
  }
}

function append(partial: Partial, chunk: Uint8Array): void {
  const bytes = new Uint8Array(chunk);
  if (bytes.byteLength === 0) throw new JamzError('internal', 'The server sent an empty chunk.');
  partial.parts.push(bytes);
  partial.bytes += bytes.byteLength;
}

async function openSnapshot(
  scope: Scope,
  header: SnapshotHeader,
  parts: readonly Uint8Array[],
): Promise<ScopeState> {
  if (header.foldVersion !== foldVersion) {
    throw new JamzError('update-needed', 'This app is older than the server. Reload the page.');
  }
  return decodeSnapshot(scope, await readJson(parts, header.encoding));
}

function broken(cause: unknown): JamzError {
  return new JamzError('internal', 'What the server sent cannot be read.', { cause });
}

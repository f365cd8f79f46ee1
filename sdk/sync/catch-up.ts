import { decodeSnapshot } from '../merge/decode-snapshot.ts';
import { emptyState, foldVersion } from '../merge/fold.ts';
import type { ScopeState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import type { Scope } from '../protocol/ids.ts';
import type {
  ChunkMessage,
  Commit,
  Cursor,
  PullAnswer,
  Rewound,
  SnapshotHeader,
  WireBytes,
} from '../protocol/wire.ts';
import type { Link } from '../transport/link.ts';
import type { ComeBack } from './come-back.ts';
import { readJson } from './inflate.ts';
import { readCommits } from './read-commits.ts';

const answerTimeoutMs = 20_000;

export interface CatchUpEvents {
  cursorOf(scope: Scope): Cursor | null;
  /** @returns true when something is still missing */
  commits(scope: Scope, commits: readonly Commit[], headSeq: number): boolean;
  /**
   * @param json what the state was read from; null: it is the log's beginning
   * @param comeBack what {@link rewound} gave
   */
  snapshot(
    scope: Scope,
    state: ScopeState,
    cursor: Cursor,
    json: unknown,
    comeBack?: ComeBack,
  ): void;
  /** The log was wound back since the cursor's generation; prepares what that means here. */
  rewound(scope: Scope, rewound: Rewound): Promise<ComeBack>;
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
  /** By scope, the pull whose answer counts. */
  readonly #underWay = new Map<Scope, object>();
  /** Asked for while a pull was under way, which may have been answered before there was more. */
  readonly #again = new Set<Scope>();
  readonly #partial = new Map<Scope, Partial>();
  #link: Link | undefined;

  constructor(events: CatchUpEvents) {
    this.#events = events;
  }

  get busy(): boolean {
    return this.#underWay.size > 0;
  }

  use(link: Link | undefined): void {
    this.#link = link;
    this.#underWay.clear();
    this.#again.clear();
  }

  /** The scope has ended: an answer still on its way must not bring it back to this device. */
  forget(scope: Scope): void {
    this.#underWay.delete(scope);
    this.#again.delete(scope);
    this.#partial.delete(scope);
  }

  /** Asks for what came after the cursor, until there is nothing more. */
  pull(scope: Scope): void {
    const link = this.#link;
    if (!link || this.#isUnderWay(scope)) return;
    this.#run(scope, link, async () => {
      const message = { scope, cursor: this.#events.cursorOf(scope), fold: foldVersion };
      return link.request<PullAnswer>('pull', message, answerTimeoutMs);
    });
  }

  /** Takes an answer that came with `hello` or `follow`. */
  take(answer: PullAnswer): void {
    const link = this.#link;
    if (!link || this.#isUnderWay(answer.scope)) return;
    this.#run(answer.scope, link, async () => answer);
  }

  /** Two at a time would share the chunks of one snapshot: the second is asked for when the first has ended. */
  #isUnderWay(scope: Scope): boolean {
    const isUnderWay = this.#underWay.has(scope);
    if (isUnderWay) this.#again.add(scope);
    return isUnderWay;
  }

  #run(scope: Scope, link: Link, ask: () => Promise<PullAnswer>): void {
    const pull = {};
    this.#underWay.set(scope, pull);
    const counts = (): boolean => this.#link === link && this.#underWay.get(scope) === pull;
    const work = async (): Promise<boolean> => {
      const answer = await ask();
      return counts() && this.#apply(answer, link, counts);
    };
    work().then(
      (missing) => {
        if (!counts()) return;
        this.#underWay.delete(scope);
        const again = this.#again.delete(scope);
        if (missing || again) this.pull(scope);
        else this.#events.settled(scope);
      },
      (error: unknown) => {
        if (!counts()) return;
        this.#underWay.delete(scope);
        this.#again.delete(scope);
        this.#events.failed(scope, error instanceof JamzError ? error : broken(error));
        this.#events.settled(scope);
      },
    );
  }

  async #apply(answer: PullAnswer, link: Link, counts: () => boolean): Promise<boolean> {
    if (answer.snapshot) {
      const { scope, snapshot } = answer;
      const parts = await this.#load(scope, snapshot, answer.chunk, link);
      // Whatever comes of these bytes, they are of no more use: damaged ones are asked for anew.
      this.#partial.delete(scope);
      const { state, json } = await openSnapshot(scope, snapshot, parts);
      const back = answer.rewound && (await this.#events.rewound(scope, answer.rewound));
      if (!counts()) return false;
      this.#events.snapshot(scope, state, snapshot.cursor, json, back);
    } else if (!this.#events.cursorOf(answer.scope)) {
      // The log is told from its start.
      this.#events.snapshot(answer.scope, emptyState(answer.scope), [answer.head[0], 0, ''], null);
    }
    return this.#events.commits(answer.scope, readCommits(answer.commits), answer.head[1]);
  }

  /** Chunks that arrived before the link was lost are not asked for again. */
  async #load(
    scope: Scope,
    header: SnapshotHeader,
    first: WireBytes,
    link: Link,
  ): Promise<readonly Uint8Array[]> {
    let partial = this.#partial.get(scope);
    if (!partial || !isSame(partial.header, header)) {
      partial = { header, parts: [], bytes: 0 };
      this.#partial.set(scope, partial);
    }
    if (partial.bytes === 0) append(partial, first);
    while (partial.bytes < header.totalBytes) {
      const { cursor } = header;
      const message = { scope, cursor, offset: partial.bytes, fold: foldVersion };
      append(partial, await this.#chunk(message, link));
    }
    return partial.parts;
  }

  async #chunk(message: ChunkMessage, link: Link): Promise<WireBytes> {
    try {
      return await link.request<WireBytes>('chunk', message, answerTimeoutMs);
    } catch (error) {
      if (!(error instanceof JamzError) || !ofSnapshot.has(error.code)) throw error;
      // A newer snapshot took its place meanwhile: that is no word about the scope.
      this.#partial.delete(message.scope);
      throw broken(error);
    }
  }
}

/** Answers to a chunk that are about the snapshot alone. */
const ofSnapshot: ReadonlySet<string> = new Set(['not-found', 'gone', 'invalid']);

function isSame(one: SnapshotHeader, other: SnapshotHeader): boolean {
  return (
    one.cursor.join() === other.cursor.join() &&
    one.totalBytes === other.totalBytes &&
    one.encoding === other.encoding
  );
}

function append(partial: Partial, chunk: WireBytes): void {
  const bytes = typeof chunk === 'string' ? fromBase64(chunk) : new Uint8Array(chunk);
  if (bytes.byteLength === 0) throw new JamzError('internal', 'The server sent an empty chunk.');
  partial.parts.push(bytes);
  partial.bytes += bytes.byteLength;
}

function fromBase64(text: string): Uint8Array {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

async function openSnapshot(
  scope: Scope,
  header: SnapshotHeader,
  parts: readonly Uint8Array[],
): Promise<{ readonly state: ScopeState; readonly json: unknown }> {
  let json: unknown;
  try {
    json = await readJson(parts, header.encoding);
    if (header.foldVersion < foldVersion) {
      // An older server's, which writes no other: how to read those comes late, since few ever need it.
      const { inFoldVersion } = await import('../merge/snapshot-versions.ts');
      json = inFoldVersion(json, foldVersion);
    }
  } catch (error) {
    throw broken(error);
  }
  if (header.foldVersion > foldVersion) {
    throw new JamzError('update-needed', 'This app is older than the server. Reload the page.');
  }
  try {
    return { state: decodeSnapshot(scope, json), json };
  } catch (error) {
    throw broken(error);
  }
}

function broken(cause: unknown): JamzError {
  return new JamzError('internal', 'What the server sent cannot be read.', { cause });
}

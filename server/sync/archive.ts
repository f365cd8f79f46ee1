import type { ScopeState } from '../../sdk/merge/states.ts';
import { toOp } from '../../sdk/protocol/codec.ts';
import type { Scope, UserId } from '../../sdk/protocol/ids.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { Payloads } from '../../sdk/protocol/payloads.ts';
import type { Commit, PushMessage } from '../../sdk/protocol/wire.ts';
import type { LogsStore, MessageEdit, SentMessage } from '../ports/store.ts';
import { endOf } from './log-places.ts';
import { factsOf } from './run-facts.ts';
import type { View } from './view.ts';

const commitsPerFill = 250;

/**
 * Brings a scope's archive up to the end of its log. It is derived from the log and may lag behind it: whoever reads
 * it, or trims the log, calls this first. Several processes may do so at once; each stretch gets in once.
 *
 * @param pause awaited between two stretches, so that a long one holds nobody up
 * @param view what the log came to, where that is known: the log is not read where nothing was ever said in it
 */
export async function fillArchive(
  { log, archive }: Pick<LogsStore, 'log' | 'archive'>,
  scope: Scope,
  pause: () => Promise<void> = async () => {},
  view?: Pick<View, 'state' | 'seq'>,
): Promise<void> {
  for (;;) {
    const from = await archive.filledTo(scope);
    if (view && from < view.seq && isSilent(view.state)) {
      await archive.fill(scope, from, view.seq, [], []);
      return;
    }
    const commits = await log.read(scope, from, commitsPerFill);
    const last = commits.at(-1);
    if (!last) return;
    // What was trimmed was archived before: a gap is a log that began before there was an archive.
    const { sent, edits } = messagesIn(commits);
    // Another process was first, or the log was wound back: what is missing now is asked for again.
    await archive.fill(scope, from, endOf(last), sent, edits);
    if (commits.length < commitsPerFill) return;
    await pause();
  }
}

function messagesIn(commits: readonly Commit[]): {
  readonly sent: readonly SentMessage[];
  readonly edits: readonly MessageEdit[];
} {
  const sent: SentMessage[] = [];
  const edits: MessageEdit[] = [];
  for (const commit of commits) {
    let { seq } = commit;
    for (const run of commit.runs) {
      for (const wire of run.ops) {
        const place = seq++;
        // Most ops are no messages, and are not put together.
        if (!wire[4].startsWith('messages.')) continue;
        const op = toOp(run, wire);
        const at = { seq: place, authorId: op.authorId, stamp: op.stamp };
        if (op.type === 'messages.send') sent.push({ ...op.payload, ...at, sentAtMs: commit.atMs });
        else if (op.type === 'messages.edit') {
          edits.push({ ...op.payload, ...at, editedAtMs: commit.atMs });
        }
      }
    }
  }
  return { sent, edits };
}

/** Whether nothing was ever said: the state keeps the newest messages, so where it has none there never was one. */
function isSilent(state: ScopeState): boolean {
  return state.kind === 'user' || state.messages.size === 0;
}

/**
 * Who wrote the messages that these ops edit and the state does not hold, by message; undefined for one that never was.
 * Nothing is looked up where the state says it all.
 */
export async function archivedAuthors(
  store: Pick<LogsStore, 'log' | 'archive'>,
  { scope, runs }: Pick<PushMessage, 'scope' | 'runs'>,
  state: ScopeState | undefined,
): Promise<ReadonlyMap<string, UserId | undefined>> {
  const authors = new Map<string, UserId | undefined>();
  const edits = runs.filter((run) => factsOf(run).types.has('messages.edit'));
  for (const wire of edits.flatMap(({ ops }) => ops)) {
    if (wire[4] !== 'messages.edit') continue;
    // A cast: decoding has had the payload through the schema of its type.
    const { messageId } = wire[5] as Payloads['messages.edit'];
    if (isInside(state, messageId)) continue;
    if (authors.size === 0) await fillArchive(store, scope);
    authors.set(messageId, (await store.archive.find(scope, messageId))?.authorId);
  }
  return authors;
}

function isInside(state: ScopeState | undefined, messageId: string): boolean {
  if (!state) return false;
  return (
    state.kind === 'user' ||
    state.messages.has(messageId) ||
    state.messages.size < limits.recentMessages
  );
}

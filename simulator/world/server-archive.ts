import type { Scope } from '../../sdk/protocol/ids.ts';
import type {
  ArchivedMessage,
  ArchiveStore,
  LogStore,
  SentMessage,
  SnapshotKind,
  StoredSnapshot,
} from '../../server/ports/store.ts';
import type { DiskArchive, ServerDisk } from './server-disk.ts';

type Read = <T>(look: () => T) => Promise<T>;
type Write = <T>(apply: () => T) => Promise<T>;

/** What befalls a log besides growing: it is trimmed, leased, wound back. */
export function createLogLife(
  disk: ServerDisk,
  read: Read,
  write: Write,
): Pick<LogStore, 'trim' | 'lease' | 'generations' | 'fork' | 'readCut' | 'scopes'> {
  return {
    trim: (scope, seq, nowMs = 0) =>
      write(() => {
        const { leases } = disk.log(scope);
        for (const [leased, untilMs] of leases) if (untilMs < nowMs) leases.delete(leased);
        disk.log(scope).trim(Math.min(seq, ...leases.keys()));
      }),
    lease: (scope, seq, untilMs) =>
      write(() => {
        const { leases } = disk.log(scope);
        leases.set(seq, Math.max(untilMs, leases.get(seq) ?? 0));
      }),
    generations: (scope) => read(() => [...(disk.logs.get(scope)?.generations ?? [])]),
    fork: (scope, was, fork) =>
      write(() => {
        const log = disk.log(scope);
        const { head } = log;
        const isSame = (head?.generation ?? was.generation) === was.generation;
        if (!isSame || (head?.seq ?? 0) !== was.seq) return 'conflict';
        if (fork.generation <= was.generation || fork.forkedAtSeq > was.seq) return 'conflict';
        disk.windBack(scope, fork);
        return 'written';
      }),
    readCut: (scope, generation, afterSeq, limit) =>
      read(() =>
        (disk.logs.get(scope)?.cuts.get(generation) ?? [])
          .filter(({ seq }) => seq > afterSeq)
          .slice(0, limit),
      ),
    scopes: (after, limit) =>
      read(() =>
        [...disk.logs.keys()]
          .filter((scope) => scope > after && disk.logs.get(scope)?.head)
          .sort()
          .slice(0, limit),
      ),
  };
}

export function createArchive(disk: ServerDisk, read: Read, write: Write): ArchiveStore {
  const archiveOf = (scope: Scope): DiskArchive => {
    const archive = disk.archives.get(scope) ?? { filledTo: 0, sent: [], edits: [] };
    disk.archives.set(scope, archive);
    return archive;
  };
  const messageIn = (scope: Scope, sent: SentMessage): ArchivedMessage => {
    const { stamp, ...message } = sent;
    const edit = archiveOf(scope)
      .edits.filter(({ messageId, authorId }) => {
        return messageId === sent.messageId && authorId === sent.authorId;
      })
      .reduce<{ stamp: string; text: string; editedAtMs: number | null }>(
        (last, one) => (one.stamp > last.stamp ? one : last),
        { stamp, text: sent.text, editedAtMs: null },
      );
    return { ...message, text: edit.text, editedAtMs: edit.editedAtMs };
  };
  return {
    filledTo: (scope) => read(() => archiveOf(scope).filledTo),
    fill: (scope, from, to, sent, edits) =>
      write(() => {
        const archive = archiveOf(scope);
        if (archive.filledTo !== from) return 'conflict';
        for (const message of sent) {
          if (!archive.sent.some(({ messageId }) => messageId === message.messageId)) {
            archive.sent.push(message);
          }
        }
        archive.edits.push(...edits);
        archive.filledTo = to;
        return 'written';
      }),
    find: (scope, messageId) =>
      read(() => {
        const sent = archiveOf(scope).sent.find((one) => one.messageId === messageId);
        return sent && messageIn(scope, sent);
      }),
    before: (scope, seq, limit) =>
      read(() =>
        archiveOf(scope)
          .sent.filter((one) => one.seq < seq)
          .sort((a, b) => b.seq - a.seq)
          .slice(0, limit)
          .map((one) => messageIn(scope, one)),
      ),
  };
}

export function snapshotsOf(
  { snapshots, bases }: ServerDisk,
  kind: SnapshotKind = 'newest',
): Map<Scope, StoredSnapshot> {
  return kind === 'base' ? bases : snapshots;
}

/** Whether one snapshot takes the place of another: of a later generation, a higher seq, or a newer fold of the same. */
export function isFurther(one: StoredSnapshot, other: StoredSnapshot): boolean {
  const [generation, seq] = one.cursor;
  const [knownGeneration, knownSeq] = other.cursor;
  if (generation !== knownGeneration) return generation > knownGeneration;
  if (seq !== knownSeq) return seq > knownSeq;
  return one.foldVersion > other.foldVersion;
}

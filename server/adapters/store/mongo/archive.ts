import type { Scope } from '../../../../sdk/protocol/ids.ts';
import type { ArchivedMessage, ArchiveStore, PersonalStore } from '../../../ports/store.ts';
import type { ArchivedEditDocument, ArchivedMessageDocument, Collections } from './documents.ts';
import { isDuplicate, upserting } from './failures.ts';
import type { Gate } from './gate.ts';
import { forksOf, upToOf } from './log-forks.ts';

export type MongoArchive = ArchiveStore & Pick<PersonalStore, 'messagesOf'>;

/** What was archived while the log was in a generation; it may have been written in an earlier one. */
interface Counted {
  readonly generation: number;
  readonly upTo: number;
}

/** How far the archive goes. Messages behind that place are there only by half. */
interface Reach {
  readonly filledTo: number;
  /** Of the log now. */
  readonly generation: number;
  /** Up to where what was archived under each generation counts. */
  readonly counted: readonly Counted[];
  /** As it was stored; undefined where nothing was. */
  readonly stored: { readonly filledTo: number; readonly generation: number } | undefined;
}

/**
 * Messages and their edits lie in documents of their own, with their place in the log, and are written before the
 * place up to which the archive counts is moved on: what a crash left behind that place is written again. What was cut
 * out of the log is cut out of the archive, since both count by where it was wound back.
 */
export function createArchive(collections: Collections, gate: Gate): MongoArchive {
  const { archives, archivedMessages, archivedEdits } = collections;

  const reachOf = async (scope: Scope): Promise<Reach> => {
    const [stored, forks] = await Promise.all([
      gate.run((within) => archives.findOne({ _id: scope, scope }, within)),
      forksOf(collections, gate, scope),
    ]);
    const filledTo = stored ? Math.min(stored.filledTo, upToOf(forks, stored.generation)) : 0;
    const generation = forks.at(-1)?.generation ?? 1;
    const counted = [1, ...forks.map((fork) => fork.generation)].map((one) => {
      return { generation: one, upTo: upToOf(forks, one) };
    });
    return { filledTo, generation, counted, stored: stored ?? undefined };
  };

  const move = async (scope: Scope, { stored, generation }: Reach, to: number) => {
    const moved = { filledTo: to, generation };
    try {
      const changed = await gate.run(async (within) => {
        if (!stored) return archives.insertOne({ _id: scope, scope, ...moved }, within);
        const was = { filledTo: stored.filledTo, generation: stored.generation };
        const { matchedCount } = await archives.updateOne(
          { _id: scope, scope, ...was },
          { $set: moved },
          within,
        );
        return matchedCount > 0;
      });
      return changed ? 'written' : 'conflict';
    } catch (error) {
      if (isDuplicate(error)) return 'conflict';
      throw error;
    }
  };

  const messagesWhere = async (
    scope: Scope,
    { filledTo, counted }: Reach,
    filter: { readonly messageId?: string | { $in: string[] }; readonly authorId?: string },
    order: 1 | -1,
    limit: number,
    seqs: { readonly before?: number; readonly after?: number } = {},
  ): Promise<ArchivedMessageDocument[]> => {
    const { before = Number.MAX_SAFE_INTEGER, after = 0 } = seqs;
    const $or = countedIn(counted, Math.min(filledTo, before - 1), after);
    return gate.run((within) =>
      archivedMessages
        .find({ scope, ...filter, $or }, within)
        .sort({ seq: order })
        .limit(limit)
        .toArray(),
    );
  };

  const withEdits = async (
    scope: Scope,
    { filledTo, counted }: Reach,
    messages: readonly ArchivedMessageDocument[],
  ): Promise<readonly ArchivedMessage[]> => {
    if (messages.length === 0) return [];
    const messageId = { $in: messages.map((message) => message.messageId) };
    const edits = await gate.run((within) =>
      archivedEdits.find({ scope, messageId, $or: countedIn(counted, filledTo) }, within).toArray(),
    );
    const byMessage = Map.groupBy(edits, (edit) => edit.messageId);
    return messages.map((message) => asLeft(message, byMessage.get(message.messageId) ?? []));
  };

  return {
    async filledTo(scope) {
      return (await reachOf(scope)).filledTo;
    },
    async fill(scope, from, to, sent, edits) {
      const reach = await reachOf(scope);
      if (reach.filledTo !== from) return 'conflict';
      const { generation } = reach;
      const messageId = { $in: sent.map((message) => message.messageId) };
      const known = await messagesWhere(scope, reach, { messageId }, 1, sent.length || 1);
      const knownIds = new Set(known.map((message) => message.messageId));
      const fresh = sent
        .filter((message) => !knownIds.has(message.messageId))
        .map((message) => {
          const _id = `${generation} ${scope} ${message.messageId}`;
          return ifAbsent({ _id, scope }, { generation, ...message });
        });
      if (fresh.length > 0) {
        await upserting(() => gate.run((within) => archivedMessages.bulkWrite(fresh, within)));
      }
      const edited = edits.map((edit) => {
        return ifAbsent(
          { _id: `${generation} ${scope} ${edit.seq}`, scope },
          { generation, ...edit },
        );
      });
      if (edited.length > 0) {
        await upserting(() => gate.run((within) => archivedEdits.bulkWrite(edited, within)));
      }
      return move(scope, reach, to);
    },
    async find(scope, messageId) {
      const reach = await reachOf(scope);
      const found = await messagesWhere(scope, reach, { messageId }, 1, 1);
      return (await withEdits(scope, reach, found))[0];
    },
    async before(scope, seq, limit) {
      const reach = await reachOf(scope);
      const found = await messagesWhere(scope, reach, {}, -1, limit, { before: seq });
      return withEdits(scope, reach, found);
    },
    async messagesOf(scope, authorId, after, limit) {
      const reach = await reachOf(scope);
      const found = await messagesWhere(scope, reach, { authorId }, 1, limit, { after });
      return withEdits(scope, reach, found);
    },
  };
}

/** What is there stays as it is. */
function ifAbsent<Document>(
  filter: { readonly _id: string; readonly scope: string },
  document: Document,
) {
  return { updateOne: { filter, update: { $setOnInsert: document }, upsert: true } };
}

function countedIn(counted: readonly Counted[], last: number, after = 0) {
  return counted.map(({ generation, upTo }) => ({
    generation,
    seq: { $gt: after, $lte: Math.min(upTo, last) },
  }));
}

/** An edit counts where its author is the message's and it is later; of several the latest. */
function asLeft(
  message: ArchivedMessageDocument,
  edits: readonly ArchivedEditDocument[],
): ArchivedMessage {
  const { messageId, authorId, text, sentAtMs, seq } = message;
  const [last] = edits
    .filter((edit) => edit.authorId === authorId && edit.stamp > message.stamp)
    .sort((one, other) => (one.stamp < other.stamp ? 1 : -1));
  return {
    messageId,
    authorId,
    text: last?.text ?? text,
    sentAtMs,
    editedAtMs: last?.editedAtMs ?? null,
    seq,
  };
}

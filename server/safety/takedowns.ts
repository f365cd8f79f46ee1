import { reactionKey } from '../../sdk/merge/reactions.ts';
import type { GroupState } from '../../sdk/merge/states.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { type FileId, groupScope, type Scope, serverReplicaId } from '../../sdk/protocol/ids.ts';
import type { Actor } from '../access/actor.ts';
import type { AccessRow } from '../access/table.ts';
import type { GroupLog } from '../groups/group-log.ts';
import { keysOf } from '../photos/photos.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { FileRecord, FileStore, TakedownStore } from '../ports/store.ts';
import type { ServerDraft } from '../sync/job.ts';
import type { Note } from './audit-trail.ts';

/**
 * Takes a file down for good: its addresses stop working, also those given out, its bytes are deleted, and the same
 * bytes are not taken in by that group again. The log says so of its tracks, for every list. Asked twice it is done once.
 *
 * @throws {JamzError} `not-found`, and what the row has for this person
 */
export type TakeDown = (actor: Actor, fileId: string, row: AccessRow) => Promise<void>;

export interface TakeDownDeps {
  readonly records: FileStore;
  readonly takedowns: TakedownStore;
  readonly files: Pick<Files, 'remove'>;
  /** @throws {JamzError} when this person may not go through this door of the scope */
  readonly admit: (actor: Actor, row: AccessRow, scope: Scope) => Promise<unknown>;
  readonly log: Pick<GroupLog, 'append'>;
  readonly clock: Clock;
  readonly note: Note;
}

export function createTakeDown(deps: TakeDownDeps): TakeDown {
  const { records, takedowns, admit, log, clock, note } = deps;
  const endFile = fileEnding(deps);
  return async (actor, fileId, row) => {
    const record = await records.get(fileId);
    if (!record) throw new JamzError('not-found', `There is no file ${fileId}`);
    await admit(actor, row, groupScope(record.groupId));
    const isNews = !(await takedowns.has(fileId));
    await takedowns.add(fileId, clock.nowMs());
    const { siteId, userId: actorId } = actor;
    if (isNews) note('file-taken-down', { siteId, actorId, subjectId: fileId });
    await endFile(record);
    await log.append(record.groupId, (state) => skipsOf(state, fileId));
  };
}

/**
 * Says it of tracks that came after the takedown, as from somebody who was offline: when one of the group asks for such a
 * file. To others it does nothing.
 */
export type MarkTaken = TakeDown;

export function createMarkTaken(
  deps: Pick<TakeDownDeps, 'records' | 'takedowns' | 'admit' | 'log'>,
): MarkTaken {
  return async (actor, fileId, row) => {
    const record = await deps.records.get(fileId);
    if (!record || !(await deps.takedowns.has(fileId))) return;
    await deps.admit(actor, row, groupScope(record.groupId));
    await deps.log.append(record.groupId, (state) => skipsOf(state, fileId));
  };
}

/** The server skips the tracks of a file: an op that every replica takes, also those that do not know what it means. */
function skipsOf({ info, playlist, reactions }: GroupState, taken: FileId): readonly ServerDraft[] {
  if (info.info.deleted) return [];
  const isSkipped = (itemId: string): boolean =>
    reactions.get(reactionKey(itemId, serverReplicaId))?.skip === true;
  return [...playlist.items.values()]
    .filter(({ itemId, fileId }) => fileId === taken && !isSkipped(itemId))
    .map(({ itemId }) => ({ type: 'reactions.set', payload: { itemId, skip: true } }));
}

/** Ends a file: it is served no more, and its bytes are deleted. Ending it twice does no harm. */
export function fileEnding({
  takedowns,
  files,
  clock,
}: Pick<TakeDownDeps, 'takedowns' | 'files' | 'clock'>): (record: FileRecord) => Promise<void> {
  return async (record) => {
    const { fileId, groupId } = record;
    await takedowns.add(fileId, clock.nowMs());
    // What several groups share, as the demo's music, stays for the others.
    const own = keysOf(record).filter((key) => key.startsWith(`${groupId}/`));
    for (const key of own) await files.remove(key);
  };
}

/** The register of files as it is for those who fetch and upload: what was taken down is gone. */
export function servedFiles(records: FileStore, takedowns: TakedownStore): FileStore {
  const served = async <T extends { readonly fileId: string }>(record: T | undefined) => {
    if (record && (await takedowns.has(record.fileId))) {
      throw new JamzError('gone', 'This file was taken down');
    }
    return record;
  };
  return {
    get: async (fileId) => served(await records.get(fileId)),
    bySha256: async (groupId, sha256) => served(await records.bySha256(groupId, sha256)),
    put: (file) => records.put(file),
    usageOf: (userId) => records.usageOf(userId),
    page: (after, limit) => records.page(after, limit),
  };
}

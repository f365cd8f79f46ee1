import type { DataStore } from '@tus/server';
import type { Request } from 'express';
import type { GroupId } from '../../sdk/protocol/ids.ts';
import type { Actor } from '../access/actor.ts';
import type { AccessRow } from '../access/table.ts';
import type { UploadIntake } from '../music/intake.ts';
import type { AdmitFile } from '../music/member-quota.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { FileStore } from '../ports/store.ts';

/** What somebody wants with a group's files. */
export type FileAction = 'listen' | 'upload' | 'update-group';

/** What the file routes are built from; `server/compose.ts` fills it. */
export interface FileRouteDeps {
  readonly files: Files;
  readonly records: FileStore;
  /** Where uploads are written as they arrive. */
  readonly uploads: DataStore;
  /** Takes finished uploads in; one per process. */
  readonly intake: UploadIntake;
  readonly clock: Clock;
  /** Cryptographic numbers in [0, 1): upload ids are not to be guessed. */
  readonly random: () => number;
  /** Asked before an upload begins. @throws {JamzError} `quota-exceeded` where the site has no room for it */
  readonly admitBytes?: (siteId: string, bytes: number) => Promise<void>;
  /** The same for the person. */
  readonly admitFile?: AdmitFile;
  /** The address of a playlist's track that only the site's backend can give; undefined for a file. */
  readonly trackAddress?: (
    actor: Actor,
    fileId: string,
    row: AccessRow,
  ) => Promise<{ readonly url: string; readonly expiresAtMs: number } | undefined>;
  /** Signs addresses; from `addressKeyOf(AUTH_SECRET)`. */
  readonly addressKey: Uint8Array;
  /** @throws {JamzError} `unauthenticated`, `token-expired`, `origin-not-allowed` */
  readonly identify: (req: Request) => Promise<Actor>;
  /**
   * Resolves when the row lets this person in and the group's policies allow the action.
   *
   * @throws {JamzError} `not-found`, `forbidden`, `removed`, `gone`
   */
  readonly authorise: (
    actor: Actor,
    groupId: GroupId,
    row: AccessRow,
    action: FileAction,
  ) => Promise<void>;
  /** Somebody asks for a file that was taken down: the tracks of it that came later are told of. */
  readonly markTaken?: (actor: Actor, fileId: string, row: AccessRow) => Promise<void>;
}

import type { GroupId, Scope, UserId } from '../../sdk/protocol/ids.ts';
import type { ArchivedMessage } from './log-store.ts';
import type { FileRecord } from './store.ts';

/** What a store has of one person, wherever it lies: for giving it to them, and for erasing it. */
export interface PersonalStore {
  /** Groups that somebody is in or ever was in, deleted ones too, in the order of their ids. */
  groupsOf(userId: UserId): Promise<readonly GroupId[]>;
  /** What somebody uploaded, the oldest first. */
  filesOf(userId: UserId): Promise<readonly FileRecord[]>;
  /** What somebody wrote in a group as its archive has it, after a place in the log, at most `limit`. */
  messagesOf(
    scope: Scope,
    userId: UserId,
    afterSeq: number,
    limit: number,
  ): Promise<readonly ArchivedMessage[]>;
  /** Puts one text in the place of all that somebody wrote in a group, and forgets their edits. */
  redactMessages(scope: Scope, userId: UserId, text: string): Promise<void>;
  /** Forgets for good what windings back cut out of a log. */
  dropCut(scope: Scope): Promise<void>;
  /**
   * Takes name, address, password and the site's own id from an account, in one step, so that nobody signs in to it
   * any more, and notes that its erasure has begun. Asked again, what was asked first stands.
   *
   * @returns false for nobody
   */
  beginErasure(userId: UserId, erasure: BegunErasure): Promise<boolean>;
  /** Erasures that have begun and are not finished, the oldest first. */
  begunErasures(): Promise<readonly (BegunErasure & ErasedAccount)[]>;
  /**
   * Forgets what is left of an account, in one step: the record, sign-ins and their devices, mailed links, memberships,
   * and whose uploads the uploads are. Quiet for nobody.
   */
  finishErasure(userId: UserId): Promise<void>;
}

export interface BegunErasure {
  /** What stands where the name stood. */
  readonly name: string;
  readonly atMs: number;
  /** Whether what they uploaded goes, too. */
  readonly alsoFiles: boolean;
}

export interface ErasedAccount {
  readonly userId: UserId;
  readonly siteId: string;
}

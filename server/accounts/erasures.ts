import {
  type FileId,
  groupScope,
  type Scope,
  type UserId,
  userScope,
} from '../../sdk/protocol/ids.ts';
import { isOwnPhoto } from '../photos/photos.ts';
import type { Clock } from '../ports/clock.ts';
import type { Codec } from '../ports/codec.ts';
import type { Files } from '../ports/files.ts';
import type { BegunErasure, ErasedAccount, Store } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import { fileEnding } from '../safety/takedowns.ts';
import { eraseHistory } from '../sync/erase-history.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import { erasedName, erasedText, erasingOps } from './erase-ops.ts';

/** Erasing people. What has begun is finished, by this process or by the next that starts. */
export interface Erasures {
  /**
   * Erases a person: nobody signs in as them from now on, and once this resolves nothing that is kept says who they
   * were or what they said.
   *
   * @param options `alsoFiles`: what they uploaded goes, too, from playlists and from the disk; default it stays with
   *   its groups, as nobody's
   * @returns false where there is no such person
   */
  erase(userId: UserId, options?: { readonly alsoFiles?: boolean }): Promise<boolean>;
  /** Takes from a person all by which anybody signs in, and leaves the rest to `resume`. @returns false for nobody */
  begin(userId: UserId, options?: { readonly alsoFiles?: boolean }): Promise<boolean>;
  /** Finishes what was begun, here or elsewhere. @returns how many were erased */
  resume(): Promise<number>;
}

export interface ErasuresDeps {
  readonly store: Store;
  readonly logs: ScopeLogs;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly files: Pick<Files, 'remove'>;
  /** Lets others have a turn. */
  readonly pause: () => Promise<void>;
  /** Forgets where somebody was. */
  readonly forgetHistory: (userId: UserId) => Promise<void>;
  /** Told of each sign-in that has ended. */
  readonly onEnded: (familyId: string) => void;
  readonly note: Note;
}

export function createErasures(deps: ErasuresDeps): Erasures {
  const { store, logs, clock, note } = deps;
  const { personal, sessions } = store;
  const takeFile = fileEnding({ ...deps, takedowns: store.takedowns });
  const underWay = new Map<UserId, Promise<void>>();

  async function eraseIn(
    scope: Scope,
    userId: UserId,
    goneFiles: ReadonlySet<FileId>,
  ): Promise<void> {
    await logs.appendServerOps(scope, (state) => erasingOps(state, userId, goneFiles));
    await eraseHistory({ ...deps, personal }, scope, userId, erasedText);
  }

  async function finish({
    userId,
    siteId,
    alsoFiles,
  }: BegunErasure & ErasedAccount): Promise<void> {
    for (const familyId of await sessions.revokeAllOf(userId)) deps.onEnded(familyId);
    const own = await personal.filesOf(userId);
    const files = own.filter((file) => alsoFiles || isOwnPhoto(file));
    for (const file of files) await takeFile(file);
    const goneFiles = new Set(files.map(({ fileId }) => fileId));
    const done = new Set<Scope>();
    // Asked again: what was under way when the sign-ins ended may have entered another group.
    for (;;) {
      const groups = (await personal.groupsOf(userId)).map(groupScope);
      const due = [...groups, userScope(userId)].filter((scope) => !done.has(scope));
      if (due.length === 0) break;
      for (const scope of due) {
        await eraseIn(scope, userId, goneFiles);
        done.add(scope);
      }
    }
    await deps.forgetHistory(userId);
    await personal.finishErasure(userId);
    note('account-erased', { siteId, actorId: userId });
  }

  /** The same erasure asked for twice is one. */
  function finished(begun: BegunErasure & ErasedAccount): Promise<void> {
    const known = underWay.get(begun.userId);
    if (known) return known;
    const running = finish(begun).finally(() => underWay.delete(begun.userId));
    underWay.set(begun.userId, running);
    return running;
  }

  const begin: Erasures['begin'] = (userId, { alsoFiles = false } = {}) =>
    personal.beginErasure(userId, { name: erasedName, atMs: clock.nowMs(), alsoFiles });

  return {
    begin,
    async erase(userId, options) {
      if (!(await begin(userId, options))) return false;
      const begun = (await personal.begunErasures()).find((one) => one.userId === userId);
      if (begun) await finished(begun);
      return true;
    },
    async resume() {
      const begun = await personal.begunErasures();
      for (const one of begun) await finished(one);
      return begun.length;
    },
  };
}

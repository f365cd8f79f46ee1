import type { UserId } from '../../sdk/protocol/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { SessionStore, SettingsStore, UserRecord } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';

/** Ends the sign-ins of a person from outside: the site's backend does, or who operates the server. */
export interface SignOuts {
  /** @param by who wants it, by id; absent for the operator's commands. @returns how many there were */
  everywhere(user: Pick<UserRecord, 'userId' | 'siteId'>, by?: UserId | undefined): Promise<number>;
  /**
   * Ends the sockets of sign-ins that a command ended beside this server. The first call only learns what is old.
   */
  heed(): Promise<void>;
}

export interface SignOutsDeps {
  readonly sessions: Pick<SessionStore, 'revokeAllOf'>;
  readonly settings: Pick<SettingsStore, 'get' | 'put'>;
  readonly clock: Clock;
  readonly note: Note;
  /** Told once a sign-in has ended. */
  readonly onEnded: (familyId: string) => void;
}

type Word = readonly [familyId: string, atMs: number];

/** Of the whole server, not of one site. */
const owner = 's:*';
const kind = 'sign-outs';
/** Every server has looked by then. */
const rememberMs = 60_000;

export function createSignOuts(deps: SignOutsDeps): SignOuts {
  const { sessions, settings, clock, note, onEnded } = deps;
  let heeded: ReadonlySet<string> | undefined;

  const words = async (): Promise<readonly Word[]> => wordsIn(await settings.get(owner, kind));

  return {
    async everywhere({ userId, siteId }, by) {
      const ended = await sessions.revokeAllOf(userId);
      if (ended.length === 0) return 0;
      const atMs = clock.nowMs();
      // Tokens are over with the line above. Of two commands at once one may overwrite the other's word: then a socket
      // lasts until its token does.
      const recent = (await words()).filter(([, thenMs]) => atMs - thenMs < rememberMs);
      const all = [...recent, ...ended.map((familyId): Word => [familyId, atMs])];
      await settings.put(owner, kind, JSON.stringify(all));
      for (const familyId of ended) onEnded(familyId);
      note('sign-ins-ended', { siteId, actorId: by, subjectId: userId });
      return ended.length;
    },

    async heed() {
      const families = (await words()).map(([familyId]) => familyId);
      const fresh = heeded ? families.filter((familyId) => !heeded?.has(familyId)) : [];
      heeded = new Set(families);
      for (const familyId of fresh) onEnded(familyId);
    },
  };
}

/** What cannot be read says nothing. */
function wordsIn(text: string | undefined): readonly Word[] {
  if (text === undefined) return [];
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) ? words.filter(isWord) : [];
  } catch {
    return [];
  }
}

function isWord(word: unknown): word is Word {
  return Array.isArray(word) && typeof word[0] === 'string' && typeof word[1] === 'number';
}

import { JamzError } from '../../sdk/protocol/errors.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import type { SettingOwner, SettingsStore } from '../ports/store.ts';
import { LruMap } from '../sync/lru-map.ts';

/** What a person lets be kept of where they were, and who may see it. */
export interface HistoryChoice {
  /** `me` until they say otherwise; `group`: members of the group in which it was shared, who were there then. */
  readonly seenBy: 'me' | 'group';
  /** Nothing is kept at 0; null: as long as the site keeps it. Never longer than that. */
  readonly keepDays: number | null;
  /** What was recorded before is forgotten, whatever a database may still have of it. */
  readonly forgottenMs: number;
}

export const firstChoice: HistoryChoice = { seenBy: 'me', keepDays: null, forgottenMs: 0 };

/** What people and sites chose of history. Read often, so remembered for half a minute, and told between processes. */
export interface HistoryChoices {
  of(userId: UserId): Promise<HistoryChoice>;
  choose(userId: UserId, patch: Partial<HistoryChoice>): Promise<HistoryChoice>;
  /** How long a site keeps history, days. */
  daysOf(siteId: string): Promise<number>;
  /** @throws {JamzError} `invalid` for more than this installation keeps */
  setDaysOf(siteId: string, days: number): Promise<void>;
  /** People who want less than their site keeps, and sites that keep less than this installation. */
  exceptions(): AsyncIterable<Exception>;
  /** Somebody chose anew, in this process or another. */
  forget(userId: UserId): void;
}

export type Exception =
  | { readonly kind: 'person'; readonly userId: UserId; readonly choice: HistoryChoice }
  | { readonly kind: 'site'; readonly siteId: string; readonly days: number };

export interface HistoryChoicesDeps {
  readonly settings: SettingsStore;
  readonly nowMs: () => number;
  /** How long this installation keeps history, days; no site may keep it longer. */
  readonly maxDays: number;
}

const kind = 'history';
const rememberedMs = 30_000;
const maxRemembered = 20_000;
const pageSize = 500;

interface Remembered<T> {
  readonly value: Promise<T>;
  readonly atMs: number;
}

export function createHistoryChoices(deps: HistoryChoicesDeps): HistoryChoices {
  const { settings, nowMs, maxDays } = deps;
  const people = new LruMap<UserId, Remembered<HistoryChoice>>(maxRemembered);
  const sites = new LruMap<string, Remembered<number>>(maxRemembered);

  const once = <T>(
    map: LruMap<string, Remembered<T>>,
    id: string,
    ask: () => Promise<T>,
  ): Promise<T> => {
    const known = map.get(id);
    if (known && known.atMs + rememberedMs > nowMs()) return known.value;
    const value = ask();
    map.set(id, { value, atMs: nowMs() });
    // What could not be read is asked for again.
    value.catch(() => map.delete(id));
    return value;
  };

  const of = (userId: UserId): Promise<HistoryChoice> =>
    once(people, userId, async () => choiceIn(await settings.get(`u:${userId}`, kind)));

  return {
    of,
    async choose(userId, patch) {
      const before = choiceIn(await settings.get(`u:${userId}`, kind));
      const choice: HistoryChoice = { ...before, ...patch };
      await settings.put(`u:${userId}`, kind, JSON.stringify(choice));
      people.delete(userId);
      return choice;
    },
    daysOf: (siteId) =>
      once(sites, siteId, async () => {
        return Math.min(maxDays, daysIn(await settings.get(`s:${siteId}`, kind)) ?? maxDays);
      }),
    async setDaysOf(siteId, days) {
      if (days > maxDays) {
        const message = `This server keeps history for ${maxDays} days at most`;
        throw new JamzError('invalid', message);
      }
      await settings.put(`s:${siteId}`, kind, JSON.stringify({ days }));
      sites.delete(siteId);
    },
    async *exceptions() {
      for (let after: SettingOwner | null = null; ; ) {
        const page = await settings.all(kind, after, pageSize);
        for (const { owner, value } of page) yield exceptionOf(owner, value);
        const last = page.at(-1);
        if (!last || page.length < pageSize) return;
        after = last.owner;
      }
    },
    forget: (userId) => people.delete(userId),
  };
}

function exceptionOf(owner: SettingOwner, value: string): Exception {
  const id = owner.slice(2);
  if (owner.startsWith('s:')) return { kind: 'site', siteId: id, days: daysIn(value) ?? 0 };
  return { kind: 'person', userId: id, choice: choiceIn(value) };
}

/** What cannot be read is no consent. */
const nothing: HistoryChoice = { seenBy: 'me', keepDays: 0, forgottenMs: 0 };

function choiceIn(text: string | undefined): HistoryChoice {
  if (text === undefined) return firstChoice;
  const { seenBy, keepDays, forgottenMs } = objectIn(text);
  if (seenBy !== 'me' && seenBy !== 'group') return nothing;
  if (keepDays !== null && typeof keepDays !== 'number') return nothing;
  return typeof forgottenMs === 'number' ? { seenBy, keepDays, forgottenMs } : nothing;
}

function daysIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const { days } = objectIn(text);
  return typeof days === 'number' ? days : 0;
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

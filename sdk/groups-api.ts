import type { Group, GroupSummary } from './api.ts';
import { isWireGroup } from './auth/auth-answer.ts';
import type { Http } from './auth/http.ts';
import { type ErrorCode, JamzError } from './protocol/errors.ts';
import type { GroupId } from './protocol/ids.ts';
import type { WireGroup } from './protocol/wire.ts';
import type { KeyValue } from './store/key-value.ts';
import { LiveValue } from './sync/live-value.ts';

export interface GroupsApi {
  readonly groups$: LiveValue<readonly GroupSummary[]>;
  create(group: { name: string }): Promise<Group>;
  join(inviteCode: string): Promise<Group>;
  openPlace(place: string): Promise<Group>;
  /** The server told the list anew. */
  take(groups: readonly WireGroup[]): void;
  /** Somebody else is signed in, or nobody: shows what this device remembers of them. */
  userChanged(userId: string | undefined): Promise<void>;
}

export interface GroupsApiDeps {
  readonly http: Http;
  readonly storage: KeyValue;
  readonly open: (id: GroupId) => Group;
  /** This device's clock, ms since 1970. */
  readonly nowMs: () => number;
  /** Told of each question that the device itself could or could not answer. */
  readonly onLookup: (hit: boolean) => void;
}

/** What the server said, and when. */
interface KeptList {
  readonly groups: readonly WireGroup[];
  readonly atMs: number;
}

/** A list that was told longer ago is shown as stale until it is told again. */
const freshForMs = 24 * 3_600_000;

/**
 * The way to groups, which only the server knows. The list of them and the places that lead to them are kept: shown first,
 * and asked for anew behind that.
 */
export function groupsApi({ http, storage, open, nowMs, onLookup }: GroupsApiDeps): GroupsApi {
  const groups$ = new LiveValue<readonly GroupSummary[]>([]);
  let userId: string | undefined;

  const show = (groups: readonly WireGroup[], stale: boolean): void => {
    groups$.next(
      groups.map((group) => ({ ...group, photoFileId: group.photoFileId ?? null, stale })),
    );
  };
  const kept = <T>(key: string): Promise<T | undefined> =>
    storage.get<T>(key).catch(() => undefined);
  const keep = (key: string, value: unknown): void => {
    storage.set(key, value).catch(() => {});
  };
  const listKey = (): string => `groups:${userId ?? ''}`;
  const placeKey = (place = ''): string => `place:${userId ?? ''}:${place}`;

  /** A place that led to a group of which this person is no member any more leads nowhere until it is asked. */
  const forgetPlaces = async (groups: readonly WireGroup[]): Promise<void> => {
    const begin = placeKey();
    const places = (await storage.keys()).filter((key) => key.startsWith(begin));
    for (const key of places) {
      const id = await kept<GroupId>(key);
      if (!groups.some((group) => group.id === id)) await storage.remove(key);
    }
  };

  return {
    groups$,
    async create(group) {
      const made = await http('POST', 'groups', group, { expects: isWireGroup });
      return open(made.id);
    },
    async join(code) {
      const joined = await http('POST', 'groups/join', { code }, { expects: isWireGroup });
      return open(joined.id);
    },
    async openPlace(place) {
      const key = placeKey(place);
      const known = await kept<GroupId>(key);
      onLookup(known !== undefined);
      const ask = async (): Promise<GroupId> => {
        const group = await http('POST', 'groups/open', { place }, { expects: isWireGroup });
        keep(key, group.id);
        return group.id;
      };
      if (known === undefined) return open(await ask());
      ask().then(
        // Who was removed may be let in again by this.
        (id) => id === known && open(id),
        (error: unknown) => {
          if (error instanceof JamzError && refusals.has(error.code)) {
            storage.remove(key).catch(() => {});
          }
        },
      );
      return open(known);
    },
    take(groups) {
      show(groups, false);
      if (!userId) return;
      keep(listKey(), { groups, atMs: nowMs() });
      forgetPlaces(groups).catch(() => {});
    },
    async userChanged(next) {
      userId = next;
      groups$.next([]);
      if (!next) return;
      const list = await kept<KeptList>(listKey());
      if (userId !== next) return;
      onLookup(list !== undefined);
      if (!list || groups$.value.length > 0) return;
      show(list.groups, nowMs() - list.atMs > freshForMs);
    },
  };
}

/** What the server says of the place itself; anything else is the way there. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'forbidden',
  'removed',
  'gone',
  'not-found',
  'invalid',
  'origin-not-allowed',
]);

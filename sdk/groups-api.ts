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
  invite: (groupId: GroupId) => Group['invite'];
  /** The server told the list anew. */
  take(groups: readonly WireGroup[]): void;
  /** Somebody else is signed in, or nobody: shows what this device remembers of them. */
  userChanged(userId: string | undefined): Promise<void>;
}

/** What of groups only the server can answer, and the list of them, kept for the next start without network. */
export function groupsApi(http: Http, storage: KeyValue, open: (id: GroupId) => Group): GroupsApi {
  const groups$ = new LiveValue<readonly GroupSummary[]>([]);
  let userId: string | undefined;

  const show = (groups: readonly WireGroup[]): void => {
    groups$.next(groups.map((group) => ({ ...group, photoFileId: group.photoFileId ?? null })));
  };
  const listKey = (): string => `groups:${userId ?? ''}`;

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
      const key = `place:${place}:${userId ?? ''}`;
      try {
        const group = await http('POST', 'groups/open', { place }, { expects: isWireGroup });
        await storage.set(key, group.id).catch(() => {});
        return open(group.id);
      } catch (error) {
        if (error instanceof JamzError && refusals.has(error.code)) throw error;
        // In a tunnel the page still finds the group that this place led to last time.
        const known = await storage.get<GroupId>(key).catch(() => undefined);
        if (known) return open(known);
        throw error;
      }
    },
    invite: (groupId) => async (options) => {
      const body = {
        ...(options?.expiresAt === undefined ? {} : { expiresAtMs: options.expiresAt }),
        ...(options?.uses === undefined ? {} : { uses: options.uses }),
      };
      const path = `groups/${encodeURIComponent(groupId)}/invitations`;
      return http('POST', path, body, { expects: isInvitation });
    },
    take(groups) {
      show(groups);
      if (userId) void storage.set(listKey(), groups).catch(() => {});
    },
    async userChanged(next) {
      userId = next;
      groups$.next([]);
      if (!next) return;
      const kept = await storage.get<readonly WireGroup[]>(listKey()).catch(() => undefined);
      if (kept && userId === next && groups$.value.length === 0) show(kept);
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

function isInvitation(json: unknown): json is { code: string; url: string } {
  const { code, url } = (json ?? {}) as { code?: unknown; url?: unknown };
  return typeof code === 'string' && typeof url === 'string';
}

import type { Http } from '../auth/http.ts';
import type { DeviceId, GroupId, UserId } from '../protocol/ids.ts';
import type { Fix, SharingMode } from '../protocol/wire.ts';

/** Where a member was, as history has it. */
export interface PastFix extends Fix {
  readonly memberId: UserId;
  readonly deviceId: DeviceId;
  /** As it was shared. */
  readonly mode: Exclude<SharingMode, 'off'>;
}

/** Fixes in the order of their time, and what is not among them. */
export interface PositionHistory extends ReadonlyArray<PastFix> {
  /** Of a long span there is one fix of each device in so many ms; 1: every one. */
  readonly everyMs: number;
  /** When fixes may be missing that were shared: the server could not keep them. Ms since 1970. */
  readonly gaps: readonly { readonly fromMs: number; readonly untilMs: number }[];
}

/** What a person lets be kept of where they were. */
export interface HistoryChoice {
  /** `me` until they say otherwise; `group`: members of the group in which it was shared, who were there then. */
  readonly seenBy: 'me' | 'group';
  /** Days; 0: nothing is kept. */
  readonly keepDays: number;
  /** What the site keeps at most, days. */
  readonly siteDays: number;
}

/** What only the server knows of where people were. */
export interface HistoryAccount {
  positionHistory(
    groupId: GroupId,
    span: { from: number; to: number; memberId?: UserId },
  ): Promise<PositionHistory>;
  deletePositionHistory(): Promise<void>;
  positionHistoryChoice(
    patch?: Partial<Pick<HistoryChoice, 'seenBy' | 'keepDays'>>,
  ): Promise<HistoryChoice>;
}

export function createHistoryAccount(http: Http): HistoryAccount {
  return {
    async positionHistory(groupId, { from, to, memberId }) {
      const query = new URLSearchParams({
        from: String(Math.floor(from)),
        to: String(Math.ceil(to)),
        ...(memberId === undefined ? {} : { memberId }),
      });
      const path = `groups/${encodeURIComponent(groupId)}/positions?${query}`;
      const { fixes, everyMs, gaps } = await http('GET', path, undefined, { expects: isPage });
      return Object.assign([...fixes], { everyMs, gaps });
    },
    async deletePositionHistory() {
      await http('DELETE', 'me/history');
    },
    positionHistoryChoice: (patch) =>
      patch === undefined
        ? http('GET', 'me/history', undefined, { expects: isChoice })
        : http('PUT', 'me/history', patch, { expects: isChoice }),
  };
}

type Page = Pick<PositionHistory, 'everyMs' | 'gaps'> & { readonly fixes: readonly PastFix[] };

function isPage(json: unknown): json is Page {
  const { fixes, everyMs, gaps } = (json ?? {}) as Partial<Record<keyof Page, unknown>>;
  return (
    Array.isArray(fixes) && fixes.every(isFix) && typeof everyMs === 'number' && Array.isArray(gaps)
  );
}

function isFix(json: unknown): json is PastFix {
  const { lat, lng, atMs, memberId } = (json ?? {}) as Partial<Record<keyof PastFix, unknown>>;
  const figures = [lat, lng, atMs];
  return figures.every((one) => typeof one === 'number') && typeof memberId === 'string';
}

function isChoice(json: unknown): json is HistoryChoice {
  const { seenBy, keepDays } = (json ?? {}) as Partial<Record<keyof HistoryChoice, unknown>>;
  return (seenBy === 'me' || seenBy === 'group') && typeof keepDays === 'number';
}

import type { GroupState } from '../../sdk/merge/states.ts';
import { type GroupId, groupScope, type UserId } from '../../sdk/protocol/ids.ts';
import type { Trip, TripLike, TripTraveller } from '../../sdk/protocol/trip.ts';
import type { FixReader } from '../history/read-fixes.ts';
import type { ArchivedMessage, Store } from '../ports/store.ts';
import type { View } from '../sync/view.ts';
import type { Shown } from './consents.ts';
import { likesIn } from './likes-in.ts';
import { messagesIn } from './messages-in.ts';
import { pointsOf } from './points-of.ts';
import { forgetsPlaysSince, songsIn } from './songs-in.ts';

export interface TripDeps {
  readonly store: Pick<Store, 'log' | 'archive'>;
  readonly fixes: FixReader;
  /** What a group's log came to at a time in the past; undefined where that is no longer known. */
  readonly viewAt: (groupId: GroupId, atMs: number) => Promise<View | undefined>;
}

export interface TripSpan {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A drive as somebody may see it. */
export interface TripQuestion extends TripSpan {
  readonly groupId: GroupId;
  /** The group as it is now. */
  readonly state: GroupState;
  readonly title: string;
  /** Whose places are shown, and from when on. */
  readonly placed: Shown;
  /** Of whom it counts that they were there, and from when on. */
  readonly counted: Shown;
  readonly isRead: (message: ArchivedMessage) => boolean;
  readonly isSeen: (like: TripLike) => boolean;
  readonly photoUrl: (userId: UserId) => string | null;
}

/** Puts a past drive together from history, log and archive. Nothing of it is kept. */
export async function tripOf(deps: TripDeps, asked: TripQuestion): Promise<Trip> {
  const { groupId, state, title, fromMs, untilMs, placed } = asked;
  const messages = await messagesIn(deps.store, groupScope(groupId), fromMs, untilMs);
  const likes = likesIn(state, fromMs, untilMs);
  const there = await thereAmong(deps, asked, asked.counted, messages, likes);
  const { fixes, everyMs, gaps } = await deps.fixes.read(groupId, placed, fromMs, untilMs + 1);
  const points = pointsOf(fixes, everyMs);
  const read = messages.filter(asked.isRead);
  const seen = likes.filter(asked.isSeen);

  const travellers: TripTraveller[] = [];
  const said = [...read.map(({ authorId }) => authorId), ...seen.map(({ userId }) => userId)];
  for (const userId of new Set([...points.keys(), ...said])) {
    const name = nameIn(state, userId);
    const photoUrl = asked.photoUrl(userId);
    travellers.push({ userId, name, photoUrl, points: points.get(userId) ?? [] });
  }
  const shown = new Set(travellers.map(({ userId }) => userId));
  return {
    ...{ title, fromMs, untilMs, travellers, everyMs, gaps },
    unseenCount: [...there].filter((userId) => !shown.has(userId)).length,
    songs: songsIn(await stateWithPlays(deps, asked), fromMs, untilMs),
    messages: read.map(({ sentAtMs: atMs, authorId: userId, text }) => ({ atMs, userId, text })),
    likes: seen,
  };
}

/** Who was there: of whom the span has a place, a message or a like. */
export async function whoWasThere(
  deps: TripDeps,
  { groupId, state, fromMs, untilMs }: Pick<TripQuestion, 'groupId' | 'state' | keyof TripSpan>,
  counted: Shown,
): Promise<ReadonlySet<UserId>> {
  const messages = await messagesIn(deps.store, groupScope(groupId), fromMs, untilMs);
  const likes = likesIn(state, fromMs, untilMs);
  return thereAmong(deps, { groupId, fromMs, untilMs }, counted, messages, likes);
}

async function thereAmong(
  { fixes }: TripDeps,
  { groupId, fromMs, untilMs }: Pick<TripQuestion, 'groupId' | keyof TripSpan>,
  counted: Shown,
  messages: readonly ArchivedMessage[],
  likes: readonly TripLike[],
): Promise<ReadonlySet<UserId>> {
  const there = new Set(await fixes.present(groupId, counted, fromMs, untilMs + 1));
  const isCounted = (userId: UserId, atMs: number): boolean =>
    atMs >= (counted.get(userId) ?? Number.POSITIVE_INFINITY);
  for (const { authorId, sentAtMs } of messages) {
    if (isCounted(authorId, sentAtMs)) there.add(authorId);
  }
  for (const { userId, atMs } of likes) if (isCounted(userId, atMs)) there.add(userId);
  return there;
}

/** The group as it was at the end of the span, where it has since forgotten what it heard then. */
async function stateWithPlays(
  { viewAt }: TripDeps,
  { groupId, state, fromMs, untilMs }: TripQuestion,
): Promise<GroupState> {
  if (!forgetsPlaysSince(state, fromMs)) return state;
  const then = (await viewAt(groupId, untilMs))?.state;
  return then?.kind === 'group' ? then : state;
}

function nameIn({ members }: GroupState, userId: UserId): string {
  return members.present.get(userId)?.name ?? members.former.get(userId)?.name ?? '';
}

import type { GroupState } from '../../sdk/merge/states.ts';
import { type GroupId, groupScope, type UserId } from '../../sdk/protocol/ids.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import type { Clock } from '../ports/clock.ts';
import type { PushSubscriptionRecord, Store } from '../ports/store.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import { eventsIn, isNews, mostEventsIn, type PushEvent, stillHolds } from './push-events.ts';
import { isWanted, type PushPreferences } from './push-preferences.ts';
import type { PushSending } from './push-sending.ts';
import { deliveryOf, pushText } from './push-text.ts';
import { eventOfVisit, type NewVisit } from './visit-news.ts';

/** Turns events into messages to those who want them, one event after the other, behind everybody's back. */
export interface PushFeed {
  add(groupId: GroupId, commit: Pick<Commit, 'runs' | 'atMs'>): void;
  addVisit(visit: NewVisit): void;
  /** When the oldest commit was made of which something waits; undefined where nothing does. */
  oldestMs(): number | undefined;
  /** Resolves when all that was added has been handed on. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface PushFeedDeps {
  readonly store: Pick<Store, 'pushes' | 'sessions'>;
  readonly logs: Pick<ScopeLogs, 'viewOf'>;
  readonly clock: Clock;
  readonly preferencesOf: (userId: UserId) => Promise<PushPreferences>;
  readonly sending: Pick<PushSending, 'add'>;
  /** Told of events, and of messages, for which there was no room. */
  readonly onDropped: (count: number) => void;
  readonly onBug: (error: unknown) => void;
}

interface Told {
  readonly groupId: GroupId;
  readonly authorIds: Iterable<UserId>;
  readonly events: (state: GroupState) => readonly PushEvent[];
  /** How many of its events there is room for. */
  readonly room: number;
  readonly open: Open;
}

/** A commit of which something waits: the telling of it, and each message that came of that. */
interface Open {
  readonly atMs: number;
  count: number;
}

/** That wait, or are being told. */
const maxEvents = 2_000;
const maxAtOnce = 4;
/** An op that comes again after a restore does so within a day. */
const rememberMs = 48 * 3_600_000;

export function createPushFeed(deps: PushFeedDeps): PushFeed {
  const { store, logs, clock, preferencesOf, sending, onDropped, onBug } = deps;
  let queue: Told[] = [];
  let waiting = 0;
  const underWay = new Set<Promise<void>>();
  const opened = new Set<Open>();
  let closed = false;

  const settle = (open: Open): void => {
    open.count -= 1;
    if (open.count === 0) opened.delete(open);
  };

  /** All that a commit brought is looked at together: what somebody added in a tunnel may be thousands of tracks. */
  const tell = async ({
    groupId,
    authorIds,
    events: eventsOf,
    room,
    open,
  }: Told): Promise<void> => {
    const { state } = await logs.viewOf(groupScope(groupId));
    if (state.kind !== 'group') return;
    const members = [...state.members.present.keys()];
    let events: readonly PushEvent[] | undefined;
    for (const authorId of authorIds) {
      // Who was removed meanwhile is heard no more.
      const author = state.members.present.get(authorId);
      const others = members.filter((id) => id !== authorId);
      if (!author || others.length === 0) continue;
      const browsers = await store.pushes.ofUsers(others);
      if (browsers.length === 0) continue;
      // Put together only where somebody wants to hear of them.
      events ??= within(room, eventsOf(state));
      const own = events.filter((event) => event.authorId === authorId);
      const nowMs = clock.nowMs();
      const news = own.filter((event) => isNews(event, nowMs) && stillHolds(event, state));
      for (let from = 0; from < news.length && !closed; from += maxAtOnce) {
        const some = news.slice(from, from + maxAtOnce);
        const to = some.flatMap((event) => browsers.map((browser) => ({ event, browser })));
        await Promise.all(
          to.map(({ event, browser }) => send(groupId, state, event, author.name, browser, open)),
        );
      }
    }
  };

  const within = (room: number, events: readonly PushEvent[]): readonly PushEvent[] => {
    if (events.length > room) onDropped(events.length - room);
    return events.slice(0, room);
  };

  const send = async (
    groupId: GroupId,
    state: GroupState,
    event: PushEvent,
    authorName: string,
    browser: PushSubscriptionRecord,
    open: Open,
  ): Promise<void> => {
    const { subscriptionId, userId, familyId, endpoint, p256dh, auth, language, page } = browser;
    const preferences = await preferencesOf(userId);
    if (!isWanted(preferences, event.kind, groupId, clock.nowMs())) return;
    // A sign-out that this process did not hear of counts all the same.
    if (!(await store.sessions.familyAlive(familyId))) return store.pushes.drop(subscriptionId);
    const { key: once, forMs } = event.once ?? { key: event.opId, forMs: rememberMs };
    const key = `${once} ${subscriptionId.slice(0, 32)}`;
    const text = pushText(event, {
      ...{ groupId, groupName: state.info.info.name, language, page },
      authorName,
      zone: preferences.quiet?.zone,
    });
    const to = { endpoint, p256dh, auth };
    open.count += 1;
    const wasTaken = sending.add({
      ...{ subscriptionId, to, text, atMs: event.atMs, ...deliveryOf(event, groupId) },
      // Only now: what still waits when this process is killed is told by whoever comes after it.
      claim: () => store.pushes.claim(key, clock.nowMs() + forMs),
      unclaim: () => store.pushes.unclaim(key),
      onSettled: () => settle(open),
    });
    if (wasTaken) return;
    settle(open);
    onDropped(1);
  };

  const goOn = (): void => {
    while (underWay.size < maxAtOnce) {
      const next = queue.shift();
      if (!next) return;
      const told = tell(next)
        .catch(onBug)
        .finally(() => {
          waiting -= next.room;
          underWay.delete(told);
          settle(next.open);
          goOn();
        });
      underWay.add(told);
    }
  };

  const settled = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay);
  };

  const enqueue = (told: Omit<Told, 'room' | 'open'>, most: number, atMs: number): void => {
    if (closed || most === 0) return;
    const room = Math.min(most, Math.max(0, maxEvents - waiting));
    waiting += room;
    const open = { atMs, count: 1 };
    opened.add(open);
    queue.push({ ...told, room, open });
    goOn();
  };

  return {
    add(groupId, commit) {
      const authorIds = new Set(commit.runs.map((run) => run.authorId));
      const told = { groupId, authorIds, events: () => eventsIn(commit) };
      enqueue(told, mostEventsIn(commit), commit.atMs);
    },
    addVisit(visit) {
      const { groupId, memberId } = visit;
      const events = (state: GroupState): readonly PushEvent[] => {
        const event = eventOfVisit(visit, state);
        return event ? [event] : [];
      };
      enqueue({ groupId, authorIds: [memberId], events }, 1, clock.nowMs());
    },
    oldestMs() {
      let oldestMs: number | undefined;
      for (const { atMs } of opened) oldestMs = Math.min(oldestMs ?? atMs, atMs);
      return oldestMs;
    },
    settled,
    async close() {
      closed = true;
      queue = [];
      await settled();
    },
  };
}

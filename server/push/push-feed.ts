import type { GroupState } from '../../sdk/merge/states.ts';
import { type GroupId, groupScope, type UserId } from '../../sdk/protocol/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { PushSubscriptionRecord, Store } from '../ports/store.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import { type PushEvent, stillHolds } from './push-events.ts';
import { isWanted, type PushPreferences } from './push-preferences.ts';
import type { PushSending } from './push-sending.ts';
import { deliveryOf, pushText } from './push-text.ts';

/** Turns events into messages to those who want them, one event after the other, behind everybody's back. */
export interface PushFeed {
  add(groupId: GroupId, events: readonly PushEvent[]): void;
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

const maxEvents = 2_000;
const maxAtOnce = 4;
/** An op that comes again after a restore does so within a day. */
const rememberMs = 48 * 3_600_000;

export function createPushFeed(deps: PushFeedDeps): PushFeed {
  const { store, logs, clock, preferencesOf, sending, onDropped, onBug } = deps;
  let queue: { readonly groupId: GroupId; readonly event: PushEvent }[] = [];
  const underWay = new Set<Promise<void>>();
  let closed = false;

  const tell = async (groupId: GroupId, event: PushEvent): Promise<void> => {
    const { state } = await logs.viewOf(groupScope(groupId));
    if (state.kind !== 'group' || !stillHolds(event, state)) return;
    // Who was removed meanwhile is heard no more.
    const author = state.members.present.get(event.authorId);
    if (!author) return;
    const others = [...state.members.present.keys()].filter((id) => id !== event.authorId);
    if (others.length === 0) return;
    const browsers = await store.pushes.ofUsers(others);
    await Promise.all(browsers.map((browser) => send(groupId, state, event, author.name, browser)));
  };

  const send = async (
    groupId: GroupId,
    state: GroupState,
    event: PushEvent,
    authorName: string,
    browser: PushSubscriptionRecord,
  ): Promise<void> => {
    const { subscriptionId, userId, familyId, endpoint, p256dh, auth, language, page } = browser;
    const preferences = await preferencesOf(userId);
    if (!isWanted(preferences, event.kind, groupId, clock.nowMs())) return;
    // A sign-out that this process did not hear of counts all the same.
    if (!(await store.sessions.familyAlive(familyId))) return store.pushes.drop(subscriptionId);
    const key = `${event.opId} ${subscriptionId.slice(0, 32)}`;
    if (!(await store.pushes.claim(key, clock.nowMs() + rememberMs))) return;
    const text = pushText(event, {
      ...{ groupId, groupName: state.info.info.name, language, page },
      authorName,
      zone: preferences.quiet?.zone,
    });
    const to = { endpoint, p256dh, auth };
    const wasTaken = sending.add({ subscriptionId, to, text, ...deliveryOf(event, groupId) });
    if (!wasTaken) onDropped(1);
  };

  const goOn = (): void => {
    while (underWay.size < maxAtOnce) {
      const next = queue.shift();
      if (!next) return;
      const told = tell(next.groupId, next.event)
        .catch(onBug)
        .finally(() => {
          underWay.delete(told);
          goOn();
        });
      underWay.add(told);
    }
  };

  const settled = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay);
  };

  return {
    add(groupId, events) {
      if (closed) return;
      const room = Math.max(0, maxEvents - queue.length);
      if (events.length > room) onDropped(events.length - room);
      for (const event of events.slice(0, room)) queue.push({ groupId, event });
      goOn();
    },
    settled,
    async close() {
      closed = true;
      queue = [];
      await settled();
    },
  };
}

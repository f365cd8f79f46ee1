import { createHash } from 'node:crypto';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { groupOfScope, type UserId } from '../../sdk/protocol/ids.ts';
import type { Actor } from '../access/actor.ts';
import type { Bus } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import type { PushSender } from '../ports/push.ts';
import type { Store } from '../ports/store.ts';
import type { Timers } from '../ports/timers.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import { createPushFeed } from './push-feed.ts';
import { checkZone, type PushPreferences, preferencesIn } from './push-preferences.ts';
import { createPushResume } from './push-resume.ts';
import { createPushSending } from './push-sending.ts';
import { createVisitNews } from './visit-news.ts';

/** Push messages: which browsers want them, of what, and the sending of them. */
export interface Pushes {
  /** The key under which browsers subscribe. */
  readonly publicKey: string;
  /**
   * Takes a browser in; one that is known is known anew.
   *
   * @throws {JamzError} `invalid` for an endpoint that may not be sent to, `forbidden` for another's, `quota-exceeded`
   */
  subscribe(actor: Actor, browser: NewBrowser): Promise<{ readonly subscriptionId: string }>;
  /** Quiet for one that is not theirs. */
  unsubscribe(actor: Actor, subscriptionId: string): Promise<void>;
  browsersOf(actor: Actor): Promise<readonly string[]>;
  preferencesOf(userId: UserId): Promise<PushPreferences>;
  /** @throws {JamzError} `invalid` for a zone that there is none of */
  prefer(actor: Actor, patch: Partial<PushPreferences>): Promise<PushPreferences>;
  /** Does what is done every hour. */
  tidy(): Promise<void>;
  /** Resolves when nothing is on its way; what waits for another try is not. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** As a browser gives it (`PushSubscription.toJSON()`), and what to say to it. */
export interface NewBrowser {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  readonly language: string;
  readonly page: string;
}

export interface PushesDeps {
  readonly store: Pick<Store, 'pushes' | 'settings' | 'sessions' | 'log'>;
  readonly logs: Pick<ScopeLogs, 'viewOf'>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly sender: PushSender;
  /** Another one with each start. */
  readonly processId: string;
  /** No other process works on this store. */
  readonly isAlone: boolean;
  readonly onFailed: (error: unknown) => void;
  readonly onDropped: (count: number) => void;
  readonly onBug: (error: unknown) => void;
}

const maxBrowsers = 20;
/** What another process was killed over is told half a minute later; alone, with the start. */
const lookEveryMs = 10_000;

export function createPushes(deps: PushesDeps): Pushes {
  const { store, bus, clock, sender, onBug } = deps;
  const { pushes, settings } = store;
  const preferencesOf = async (userId: UserId): Promise<PushPreferences> =>
    preferencesIn(await settings.get(`u:${userId}`, 'push'));
  const sending = createPushSending({
    ...deps,
    monotonicMs: () => performance.now(),
    onGone: pushes.drop,
  });
  const feed = createPushFeed({ ...deps, preferencesOf, sending });

  const resume = createPushResume({ ...deps, feed });
  void resume.look();
  const stopLooking = deps.timers.every(lookEveryMs, () => void resume.look());

  const newVisitsIn = createVisitNews();
  const stop = bus.subscribe((message, origin) => {
    // Each process tells of what it took into a log itself.
    if (message.kind === 'commits' && origin === 'here') {
      const groupId = groupOfScope(message.scope);
      if (groupId === undefined) return;
      for (const commit of message.commits) feed.add(groupId, commit);
    } else if (message.kind === 'live' && origin === 'here') {
      for (const visit of newVisitsIn(message.message)) feed.addVisit(visit);
    } else if (message.kind === 'signed-out' && origin === 'here') {
      pushes.dropOfFamily(message.familyId).catch(onBug);
    }
  });

  return {
    publicKey: sender.publicKey,
    async subscribe(actor, { endpoint, keys, language, page }) {
      const refusal = sender.refusalOf(endpoint);
      if (refusal !== undefined) throw new JamzError('invalid', refusal);
      const subscriptionId = createHash('sha256').update(endpoint).digest('hex');
      const known = await pushes.get(subscriptionId);
      // Who takes over a browser has it, and so has its keys: an endpoint that leaked is not enough.
      if (known && known.userId !== actor.userId && known.auth !== keys.auth) {
        throw new JamzError('forbidden', 'This browser is somebody else’s: subscribe it anew');
      }
      const own = known?.userId === actor.userId ? [] : await pushes.ofUsers([actor.userId]);
      if (own.length >= maxBrowsers) {
        throw new JamzError('quota-exceeded', `At most ${maxBrowsers} browsers of one person`);
      }
      const { userId, siteId, familyId } = actor;
      await pushes.put({
        ...{ subscriptionId, userId, siteId, familyId, endpoint, ...keys, language, page },
        createdAtMs: clock.nowMs(),
      });
      return { subscriptionId };
    },
    async unsubscribe({ userId }, subscriptionId) {
      const known = await pushes.get(subscriptionId);
      if (known?.userId === userId) await pushes.drop(subscriptionId);
    },
    async browsersOf({ userId }) {
      return (await pushes.ofUsers([userId])).map(({ subscriptionId }) => subscriptionId);
    },
    preferencesOf,
    async prefer({ userId }, patch) {
      if (patch.quiet) checkZone(patch.quiet.zone);
      const preferences: PushPreferences = { ...(await preferencesOf(userId)), ...patch };
      await settings.put(`u:${userId}`, 'push', JSON.stringify(preferences));
      return preferences;
    },
    tidy: () => pushes.dropExpired(clock.nowMs()),
    async settled() {
      await feed.settled();
      await sending.settled();
    },
    async close() {
      stop();
      stopLooking();
      await resume.close();
      await feed.close();
      await sending.close();
      await sender.close();
    },
  };
}

import type { ConnectOptions, Group, Jamz, User } from './api.ts';
import { createHttp } from './auth/http.ts';
import { createIdentity } from './auth/identity.ts';
import { lateAccount } from './auth/late-account.ts';
import { browserTabs, exclusiveAcrossTabs } from './auth/tabs.ts';
import { endedMemory } from './ended-memory.ts';
import { EngineSwitch } from './engine-switch.ts';
import { createFileAddresses } from './files/addresses.ts';
import { lateUploads } from './files/late-uploads.ts';
import { createGroup } from './group.ts';
import { groupsApi } from './groups-api.ts';
import { Hub } from './hub.ts';
import { lastSynced } from './last-synced.ts';
import { lateWatch } from './late-watch.ts';
import type { UserState } from './merge/states.ts';
import { openListeners } from './music/open-listeners.ts';
import { PositionLane } from './positions/lane.ts';
import { JamzError } from './protocol/errors.ts';
import { type GroupId, groupScope, idSeries, newId, userScope } from './protocol/ids.ts';
import { secureRandom } from './secure-random.ts';
import { joinLate } from './service-worker/join-late.ts';
import { setAsideView } from './set-aside.ts';
import { openStorage } from './store/open-storage.ts';
import { conflictsOf, profileOf } from './streams/profile-streams.ts';
import { memo, View } from './streams/view.ts';
import { Counters } from './sync/counters.ts';
import { LiveValue } from './sync/live-value.ts';
import { openTabs } from './sync/open-tabs.ts';
import { browserSurroundings, deviceScheduler, type Scheduler } from './sync/scheduler.ts';
import { restingStatus, type SyncStatus } from './sync/status.ts';
import { openLink } from './transport/open-link.ts';

const signedOut: SyncStatus = {
  ...restingStatus,
  state: 'ERROR',
  error: { code: 'unauthenticated', message: 'Sign in to sync.' },
};

/**
 * Opens this page's replica of one site's backend. Nothing is sent before somebody is signed in.
 *
 * @example
 * const jamz = connect({ server: 'http://localhost:4000', site: 'pk_demo' });
 * await jamz.session.signInAsGuest({ name: 'Ana' });
 * const group = await jamz.openGroup('weekend');
 * group.play();
 */
export function connect(options: ConnectOptions): Jamz {
  const { site, getToken, namespace = 'main', over } = options;
  const server = options.server.replace(/\/+$/, '');
  // What an inspector may put wrong.
  const wires = { openLink: over?.openLink ?? openLink, clockShiftMs: 0 };
  const scheduler: Scheduler = {
    ...deviceScheduler,
    nowMs: () => deviceScheduler.nowMs() + wires.clockShiftMs,
  };
  const random = secureRandom;
  const surroundings = browserSurroundings();
  const inBrowser = options.storage !== 'memory' && typeof indexedDB !== 'undefined';
  const storage = openStorage(
    inBrowser ? 'browser' : 'memory',
    { server, site, namespace },
    random,
    async (bytes) => (await import('./music/track-cache.ts')).freeTracks(storage.tracks, bytes),
  );
  let on = true;

  /** The host's offline switch covers everything that goes over the network. */
  const fetchWhenOn: typeof fetch = (...request) =>
    on
      ? (over?.fetch ?? fetch)(...request)
      : Promise.reject(new TypeError('Switched off by jamz.online(false).'));
  const identity = createIdentity({
    http: createHttp({ server, fetch: fetchWhenOn }),
    server,
    site,
    namespace,
    via: inBrowser ? 'cookie' : 'body',
    storage: storage.identity,
    nowMs: scheduler.nowMs,
    ...(getToken ? { getToken } : {}),
    ...(inBrowser ? { tabs: browserTabs(`jamz:${server}:${site}:${namespace}`) } : {}),
    ...(inBrowser ? { exclusive: exclusiveAcrossTabs } : {}),
    onGroups: (list) => groups.take(list),
  });
  const token = (rejected?: string): Promise<string> => identity.token(rejected);
  const http = createHttp({ server, fetch: fetchWhenOn, token });
  const account = lateAccount({
    ...{ server, http, site, identity, storage, random, fetch: fetchWhenOn },
    signOut: () => jamz.session.signOut(),
  });

  const hub = new Hub(endedMemory(storage.preferences));
  const lane = new PositionLane();
  const resting: SyncStatus = { ...restingStatus, storage: inBrowser ? 'disk' : 'memory' };
  const status$ = new LiveValue<SyncStatus>(resting);
  const open = new Map<GroupId, Group & { close(): void }>();
  const listeners = openListeners(storage, surroundings.onWake);
  /** At the start somebody is known before there is an engine that counts. */
  const onLookup = (hit: boolean): void => {
    const count = (): void => hub.engine?.counters.lookedUp(hit);
    engines.settled().then(count, count);
  };
  const uploads = lateUploads(
    async (list$) => {
      const { keepUploads } = await import('./files/keep-uploads.ts');
      return keepUploads(
        { server, token, http, storage, fetch: fetchWhenOn, scheduler, hub },
        list$,
      );
    },
    surroundings,
    () => newId(random),
  );
  const files = createFileAddresses({
    urlOfUpload: uploads.urlOf,
    server,
    http,
    caches: storage.caches,
    nowMs: scheduler.nowMs,
    onLookup,
  });
  const groups = groupsApi({
    http,
    storage: storage.groups,
    open(id) {
      // Who was removed and comes back is in the same group object.
      hub.want(groupScope(id));
      return jamz.group(id);
    },
    nowMs: scheduler.nowMs,
    onLookup,
  });
  const last = lastSynced(storage.preferences);
  const nextId = idSeries(random);

  const engines = new EngineSwitch({
    server,
    site,
    identity,
    hub,
    lane,
    openLink: (...call) => wires.openLink(...call),
    scheduler,
    // Who listens with the screen off is to stay in step, too.
    surroundings: {
      ...surroundings,
      isVisible: () => listeners.isSounding() || (surroundings.isVisible?.() ?? false),
    },
    random,
    journalOf: storage.journalOf,
    tabsOf: (userId) => openTabs(storage.tabsName(userId), scheduler),
    onStatus(status) {
      status$.next(last.told(status, hub.userId));
      watch.look(status);
      if (hub.engine?.replica.awaitsUpload) uploads.wake();
    },
    onGroups: (list) => groups.take(list),
    took: (...told) => watch.took(...told),
  });
  const watch = lateWatch(() => ({
    hub,
    jamz,
    storage: storage.caches,
    tabsName: storage.tabsName,
    newId: nextId,
    nowMs: scheduler.nowMs,
    reporting:
      options.metrics === false ? undefined : { server, site, fetch: fetchWhenOn, scheduler },
  }));
  const userWatch = identity.user$.subscribe((user) => {
    void last.userChanged(user?.id);
    void groups.userChanged(user?.id);
    if (user && user.id !== hub.userId) status$.next(resting);
  });
  const restored = identity.ready.then(async () => {
    await engines.settled();
    if (!identity.user$.value) status$.next(signedOut);
    return identity.user$.value;
  });
  restored.catch(() => {});
  const statusWatch = identity.status$.subscribe((is) => {
    if (is === 'signed-out' && status$.value !== resting) status$.next(signedOut);
  });

  const ownState = (): UserState | undefined => {
    const state = hub.userId ? hub.state(userScope(hub.userId)) : undefined;
    return state?.kind === 'user' ? state : undefined;
  };
  const profile = memo(() => [ownState(), identity.user$.value?.name], profileOf);
  const conflicts = memo(
    () => [ownState()?.conflicts, hub.engine?.replica.replicaId],
    (openConflicts = [], replicaId = '') =>
      conflictsOf(openConflicts, replicaId, (payload) =>
        hub.send(userScope(hub.userId ?? ''), 'profile.answer', payload),
      ),
  );
  const everything = hub.changes('all');

  /** Sign-in settles when the person's replica is at work, so that the next line can use it. */
  const whenAtWork = async (signIn: Promise<User>): Promise<User> => {
    const user = await signIn;
    await engines.settled();
    return user;
  };

  /** A group that one comes into knows the name alone. */
  const pictured = (group: Group): Group => {
    const { photoFileId } = profile() ?? {};
    if (photoFileId) group.describeMe({ photoFileId });
    return group;
  };

  const jamz: Jamz = {
    server,
    site,
    session: {
      ...account.ofPerson,
      user$: identity.user$,
      restored,
      signUp: (credentials) => whenAtWork(identity.signUp(credentials)),
      signIn: (credentials) => whenAtWork(identity.signIn(credentials)),
      signInAsGuest: (guest) => whenAtWork(identity.signInAsGuest(guest)),
      async signOut() {
        await identity.signOut();
        await engines.settled();
      },
    },
    status$,
    setAside$: setAsideView(hub),
    conflicts$: new View(conflicts, everything),
    notices$: watch.notices$,
    profile$: new View(profile, everything),
    groups$: groups.groups$,
    uploads: uploads.api,
    addPhoto: async (...photo) =>
      (await import('./files/add-photo.ts')).addPhoto(
        { server, token, fetch: fetchWhenOn },
        ...photo,
      ),
    async syncNow() {
      if (!hub.engine) throw new JamzError('unauthenticated', 'Sign in first.');
      await hub.engine.syncNow();
    },
    metrics: () =>
      (hub.engine?.counters ?? new Counters()).read(hub.engine?.replica.pendingCount ?? 0),
    ...account.ofData,
    updateProfile: (patch) => hub.send(userScope(hub.userId ?? ''), 'profile.update', { ...patch }),
    createGroup: async (group) => pictured(await groups.create(group)),
    joinGroup: async (code) => pictured(await groups.join(code)),
    openGroup: groups.openPlace,
    group(id) {
      let group = open.get(id);
      if (!group) {
        group = createGroup(id, {
          jamz,
          hub,
          lane,
          files,
          scheduler,
          storage,
          http,
          newId: nextId,
          newSeed: () => Math.floor(random() * 2 ** 32),
          account: account.ofGroup,
          makeListener: listeners.open,
        });
        open.set(id, group);
      }
      return group;
    },
    async inspect() {
      const { openInspector } = await import('./inspection/open-inspector.ts');
      return openInspector({ hub, jamz, wires, scheduler });
    },
    serverNow: () => hub.serverNow(),
    online(next) {
      on = next;
      engines.switch(next);
    },
    async close() {
      for (const group of open.values()) group.close();
      watch.close();
      uploads.close();
      userWatch.unsubscribe();
      statusWatch.unsubscribe();
      await engines.close();
      hub.close();
      identity.close();
      status$.complete();
    },
  };
  if (inBrowser) void joinLate({ jamz, namespace, http, nameOf: storage.tabsName });
  return jamz;
}

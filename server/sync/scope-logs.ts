import type { ScopeState } from '../../sdk/merge/states.ts';
import type { DecodedPush } from '../../sdk/protocol/decode.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { groupOfScope, type ReplicaId, type Scope } from '../../sdk/protocol/ids.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import type { Commit, PushAnswer, PushMessage } from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import { admit } from '../access/scope-access.ts';
import { type AccessRow, rowForEvent } from '../access/table.ts';
import type { Bus } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import type { Codec } from '../ports/codec.ts';
import type { Generation, LogsStore, StoredSnapshot } from '../ports/store.ts';
import { archivedAuthors } from './archive.ts';
import { membershipChange, membershipNews, storeMemberships } from './derive-memberships.ts';
import { storeName } from './derive-name.ts';
import { createGroupSites } from './group-sites.ts';
import type { Decide, Outcome, PushJob, ServerDraft } from './job.ts';
import { createOpenLogs } from './open-logs.ts';
import { createForgetting, rememberedRefusals } from './remembered.ts';
import { createReplicaOwners } from './replica-owners.ts';
import type { RewindRequest } from './rewind.ts';
import { ScopeLog } from './scope-log.ts';
import type { ScopeLogDeps } from './scope-log-deps.ts';
import type { View } from './view.ts';

export interface ScopeLogsDeps {
  readonly store: LogsStore;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly codec: Codec;
  /** Told of failures that are bugs or a failing store; what they belong to has been answered. */
  readonly onBug: (error: unknown) => void;
  /** Scopes whose folded state stays in memory; default 10,000, fewer where they hold much. */
  readonly maxScopes?: number;
}

/** The logs of all scopes, as this process sees them. */
export interface ScopeLogs {
  /**
   * Takes a decoded push. Resolves when what it brought is durable.
   *
   * @throws {JamzError} about the push as a whole: `not-found`, `gone`, `removed`, `forbidden`, `update-needed`,
   *   `too-large`, `storage-full`, `unavailable`; then nothing was changed
   */
  push(actor: Actor, message: DecodedPush): Promise<PushAnswer>;
  /**
   * As `push`; the outcome is handed over before anybody else is told of the commit.
   *
   * @param sender what the answer goes to, where answers arrive in order: its pushes may share a commit, which only the
   *   first answer tells
   */
  submit(
    actor: Actor,
    message: DecodedPush,
    settle: (outcome: Outcome<PushAnswer>) => void,
    sender?: object,
  ): void;
  /**
   * Appends ops of the server's own, all or none. No permission is asked; the state's own rules are.
   *
   * @param ops or how to choose them from the state they will be folded into
   * @returns the commit that has them; undefined where there were none
   * @throws {JamzError} the state's refusal, or what `ops` threw
   */
  appendServerOps(scope: Scope, ops: readonly ServerDraft[] | Decide): Promise<Commit | undefined>;
  /**
   * Winds a log back and goes on in a new generation; what is cut out is kept aside.
   *
   * @returns undefined where nothing lies behind that place
   * @throws {JamzError} `invalid` where the log was trimmed beyond that place
   */
  rewind(scope: Scope, request: RewindRequest): Promise<Generation | undefined>;
  /** What the log folds to now; undefined where nothing was ever written. */
  stateOf(scope: Scope): Promise<ScopeState | undefined>;
  /** The log's end, with its state. */
  viewOf(scope: Scope): Promise<View>;
  /** @throws {JamzError} when this person may not go through this door of the scope, as of now */
  admit(actor: Actor, row: AccessRow, scope: Scope): Promise<View>;
  /** Whether a write of this process may be in the log that it does not know of: the next look into the log finds out. */
  inDoubt(scope: Scope): boolean;
  /** The snapshot that a scope's state was loaded from, where it was. */
  loadedFrom(scope: Scope): StoredSnapshot | undefined;
  /**
   * Called after each commit of this process.
   *
   * @param listener told the log's new end, and whether more is on its way into it
   * @returns ends the subscription
   */
  onCommitted(listener: CommitListener): () => void;
  /**
   * Called when this process has read, of what another wrote, that members or the group itself are others now: before
   * anything is told that stands on it.
   *
   * @returns ends the subscription
   */
  onMembersRead(listener: (scope: Scope, state: ScopeState) => void): () => void;
}

export type CommitListener = (scope: Scope, view: View, hasMore: boolean) => void;

/** Of a thousand bytes and less each. */
const maxEntries = 500_000;

export function createScopeLogs(deps: ScopeLogsDeps): ScopeLogs {
  const { store, bus } = deps;
  const pushRow = rowForEvent('push');
  const sites = createGroupSites(store.memberships);
  const owners = createReplicaOwners(store.meta);
  const listeners = new Set<CommitListener>();
  const memberListeners = new Set<(scope: Scope, state: ScopeState) => void>();
  const open = createOpenLogs<ScopeLog>({ maxScopes: deps.maxScopes ?? 10_000, maxEntries });

  const tellMembers = (scope: Scope, before: View, after: View, ops: readonly Op[]): void => {
    const change = membershipChange(before.state, after.state, ops);
    if (!change || before.state.kind !== 'group') return;
    for (const news of membershipNews(scope, before.state, change)) bus.publish(news);
  };

  const logDeps: ScopeLogDeps = {
    ...deps,
    forgetExpired: createForgetting(store.refusals, deps.onBug),
    admit: ({ actor, message: { scope }, siteId }, state) =>
      admit(actor, pushRow, { scope, siteId, state }),
    async derive(scope, before, after, ops) {
      const change = membershipChange(before, after, ops);
      if (change && after.kind === 'group') {
        await storeMemberships(store.memberships, scope, after, change);
      }
      await storeName(store.users, scope, before, after);
    },
    rewound: tellMembers,
    caughtUp(scope, { state: before }, { state: after }) {
      if (before.kind !== 'group' || after.kind !== 'group') return;
      if (before.members === after.members && before.info === after.info) return;
      for (const listener of memberListeners) listener(scope, after);
    },
    announce(scope, { commit, json }, before, after, ops) {
      // Who was removed leaves before the commits are told, so nothing said after reaches them.
      tellMembers(scope, before, after, ops);
      bus.publish({ kind: 'commits', scope, commits: [commit], json: `[${json}]` });
      const hasMore = open.get(scope)?.hasWaiting ?? false;
      for (const listener of listeners) listener(scope, after, hasMore);
    },
  };

  const logOf = (scope: Scope): ScopeLog => {
    const known = open.get(scope);
    if (known) return known;
    const log = new ScopeLog(scope, logDeps);
    open.set(scope, log);
    return log;
  };

  const prepared = async (
    actor: Actor,
    message: DecodedPush,
    rest: Pick<PushJob, 'siteId' | 'settle' | 'sender'>,
  ): Promise<PushJob> => {
    const [ownReplicas, remembered, archived] = await Promise.all([
      owners.claim(actor.userId, replicasOf(message)),
      rememberedRefusals(store.refusals, message),
      archivedAuthors(store, message, open.get(message.scope)?.folded),
    ]);
    return { kind: 'push', actor, message, ownReplicas, remembered, archived, ...rest };
  };

  const submit: ScopeLogs['submit'] = (actor, message, settle, sender) => {
    const { scope } = message;
    const enqueue = (siteId: string | undefined): void =>
      logOf(scope).submit({
        job: prepared(actor, message, { siteId, settle, sender }),
        replicaIds: replicasOf(message),
        sender,
        opCount: message.runs.reduce((sum, { ops }) => sum + ops.length, 0),
        fail: (error) => settle({ error }),
      });
    const known = sites.known(scope);
    // At once where it can be: a replica's pushes must not overtake each other.
    if (known !== undefined || groupOfScope(scope) === undefined) return enqueue(known);
    sites
      .siteOf(scope)
      .then((siteId) => (siteId === undefined ? settle({ error: noSuchGroup() }) : enqueue(siteId)))
      .catch((error: unknown) => settle({ error }));
  };

  return {
    submit,
    push: (actor, message) =>
      new Promise((resolve, reject) => {
        submit(actor, message, (outcome) =>
          'ok' in outcome ? resolve(outcome.ok) : reject(outcome.error),
        );
      }),
    appendServerOps: (scope, ops) =>
      new Promise((resolve, reject) => {
        const decide = typeof ops === 'function' ? ops : () => ops;
        logOf(scope).submit({
          job: Promise.resolve({
            kind: 'server',
            decide,
            settle: (outcome) => ('ok' in outcome ? resolve(outcome.ok) : reject(outcome.error)),
          }),
          replicaIds: [],
          sender: undefined,
          opCount: 1,
          fail: reject,
        });
      }),
    rewind: (scope, request) => logOf(scope).rewind(request),
    async stateOf(scope) {
      const view = await logOf(scope).view();
      return view.seq === 0 ? undefined : view.state;
    },
    viewOf: (scope) => logOf(scope).view(),
    async admit(actor, row, scope) {
      const siteId = await sites.siteOf(scope);
      if (siteId === undefined && groupOfScope(scope) !== undefined) throw noSuchGroup();
      const view = await logOf(scope).view();
      admit(actor, row, { scope, siteId, state: view.state });
      return view;
    },
    inDoubt: (scope) => open.get(scope)?.inDoubt ?? false,
    loadedFrom: (scope) => open.get(scope)?.loadedFrom,
    onCommitted(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onMembersRead(listener) {
      memberListeners.add(listener);
      return () => memberListeners.delete(listener);
    },
  };
}

function replicasOf({ runs }: PushMessage): readonly ReplicaId[] {
  return runs.map(({ replicaId }) => replicaId);
}

function noSuchGroup(): JamzError {
  return new JamzError('not-found', 'There is no such group on this site: check its id');
}

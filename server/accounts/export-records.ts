import type { GroupState, ScopeState, UserState } from '../../sdk/merge/states.ts';
import { type GroupId, groupScope, type UserId, userScope } from '../../sdk/protocol/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { fillArchive } from '../sync/archive.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import type { ExportRecord } from './export-record.ts';

export interface ExportDeps {
  readonly store: Store;
  readonly logs: Pick<ScopeLogs, 'viewOf'>;
  readonly clock: Clock;
  /** Where somebody was, as far as it is kept. */
  readonly fixesOf: (userId: UserId) => AsyncIterable<{
    readonly groupId: GroupId;
    readonly deviceId: string;
    readonly lat: number;
    readonly lng: number;
    readonly accuracyM: number;
    readonly atMs: number;
  }>;
}

const messagesPerPage = 500;

/**
 * Everything that a person gave, said, made, chose and uploaded, one thing a record: who they are first, then group by
 * group, those that they have left too. Nothing of others is among it but the names of groups. Nothing at all for
 * nobody.
 */
export async function* exportRecords(
  deps: ExportDeps,
  userId: UserId,
): AsyncGenerator<ExportRecord> {
  const { store, logs, clock } = deps;
  const user = await store.users.byId(userId);
  if (!user) return;
  const { name, email, guest, externalId, createdAtMs } = user;
  yield { kind: 'person', id: userId, name, email, guest, externalId, atMs: createdAtMs };
  yield* profileRecords((await logs.viewOf(userScope(userId))).state);
  for (const family of await store.sessions.familiesOf(userId, clock.nowMs())) {
    const { familyId: id, device, createdAtMs: atMs, lastUsedAtMs: untilMs } = family;
    yield { kind: 'device', id, name: device, atMs, untilMs };
  }
  for (const file of await store.personal.filesOf(userId)) {
    const { fileId: id, groupId: group, title, artist, mediaType, bytes, durationMs } = file;
    const rest = { title, artist, mediaType, bytes, durationMs };
    yield { kind: 'file', group, id, name: file.name, ...rest, atMs: file.createdAtMs };
  }
  for (const groupId of await store.personal.groupsOf(userId)) {
    const { state } = await logs.viewOf(groupScope(groupId));
    if (state.kind === 'group') yield* groupRecords(state, groupId, userId);
    yield* messageRecords(deps, groupId, userId);
  }
  for (const kind of ['history', 'push']) {
    const text = await store.settings.get(`u:${userId}`, kind);
    if (text !== undefined) yield { kind: 'choice', id: kind, text };
  }
  for (const { subscriptionId: id, page: url, createdAtMs: atMs } of await store.pushes.ofUsers([
    userId,
  ])) {
    yield { kind: 'push-browser', id, url, atMs };
  }
  yield* tripRecords(store, userId);
  for await (const fix of deps.fixesOf(userId)) {
    const { groupId: group, deviceId: id, lat, lng, accuracyM, atMs } = fix;
    yield { kind: 'position', group, id, lat, lng, accuracyM, atMs };
  }
}

function* profileRecords(state: ScopeState): Generator<ExportRecord> {
  if (state.kind !== 'user') return;
  const { fields, conflicts } = state;
  const stands = valuesOf(Object.entries(fields).map(([field, { value }]) => [field, value]));
  yield { kind: 'profile', ...stands };
  for (const { conflictId: id, field, theirs } of conflicts) {
    // The value that waits for the person's word; the other is the one that stands.
    yield { kind: 'profile-question', id, ...valuesOf([[field, theirs.value]]), atMs: theirs.atMs };
  }
}

type ProfileValues = Pick<ExportRecord, 'name' | 'photoFileId' | 'aiOptIn'>;

function valuesOf(
  fields: readonly (readonly [string, UserState['conflicts'][number]['mine']['value']])[],
): ProfileValues {
  return Object.fromEntries(fields);
}

function* groupRecords(state: GroupState, group: GroupId, userId: UserId): Generator<ExportRecord> {
  const { members, info, places, playlist, reactions, invitations, plays } = state;
  const member = members.present.get(userId);
  yield {
    kind: 'group',
    group,
    title: info.info.name,
    name: member?.name ?? members.former.get(userId)?.name ?? '',
    role: member?.role ?? `was a member (${members.former.get(userId)?.how ?? 'left'})`,
    ...(member && { photoFileId: member.photoFileId, atMs: member.joinedAtMs }),
  };
  for (const { placeId: id, name, lat, lng, savedBy, removed } of places.values()) {
    if (savedBy === userId && !removed) yield { kind: 'place', group, id, name, lat, lng };
  }
  for (const item of playlist.order.values()) {
    if (item.addedBy !== userId) continue;
    const { itemId: id, title, artist, fileId, url, durationMs, addedAtMs: atMs } = item;
    yield { kind: 'track', group, id, title, artist, fileId, url, durationMs, atMs };
  }
  for (const [key, { like, skip, rating }] of reactions) {
    const [id = '', who] = key.split(' ');
    if (who !== userId) continue;
    const title = playlist.items.get(id)?.title;
    yield { kind: 'reaction', group, id, title, like, skip, rating };
  }
  for (const { itemId: id, title, chosenBy, startedAtMs: atMs, endedAtMs: untilMs } of plays) {
    if (chosenBy === userId) yield { kind: 'play', group, id, title, atMs, untilMs };
  }
  for (const { code: id, createdBy, createdAtMs: atMs, expiresAtMs } of invitations.values()) {
    if (createdBy !== userId) continue;
    yield { kind: 'invitation', group, id, atMs, untilMs: expiresAtMs };
  }
}

/** Trips that they shared, and what they answered to being in one. */
async function* tripRecords(
  { trips }: Pick<Store, 'trips'>,
  userId: UserId,
): AsyncGenerator<ExportRecord> {
  for (const trip of await trips.sharedBy(userId)) {
    const { tripId: id, groupId: group, createdAtMs: atMs, expiresAtMs: untilMs } = trip;
    yield { kind: 'trip', group, id, ...(trip.title && { title: trip.title }), atMs, untilMs };
  }
  for (const { tripId: id, answer: text, atMs } of await trips.answersOf(userId)) {
    yield { kind: 'trip-answer', id, text, atMs };
  }
}

async function* messageRecords(
  { store }: ExportDeps,
  group: GroupId,
  userId: UserId,
): AsyncGenerator<ExportRecord> {
  const scope = groupScope(group);
  await fillArchive(store, scope);
  for (let after = 0; ; ) {
    const page = await store.personal.messagesOf(scope, userId, after, messagesPerPage);
    for (const { messageId: id, text, sentAtMs: atMs, editedAtMs: untilMs } of page) {
      yield { kind: 'message', group, id, text, atMs, untilMs };
    }
    const last = page.at(-1);
    if (!last || page.length < messagesPerPage) return;
    after = last.seq;
  }
}

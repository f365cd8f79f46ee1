import { DatabaseSync } from 'node:sqlite';
import { inflateRawSync } from 'node:zlib';
import { groupScope, userScope } from '../../sdk/protocol/ids.ts';
import type { Role } from '../../sdk/protocol/payloads.ts';
import { nodeCodec } from '../adapters/codec/node.ts';
import type { AuditKind, Store } from '../ports/store.ts';
import {
  actor,
  makeGroup,
  type SyncBench,
  type TestReplica,
  testReplica,
} from '../sync/sync-fixture.ts';
import { createErasures, type Erasures } from './erasures.ts';

/** What is said and done around an erasure, on the log use cases of one process. */
export interface EraseBench {
  readonly erasures: Erasures;
  /** Sign-ins that sockets were told of. */
  readonly ended: string[];
  readonly noted: AuditKind[];
  /** Keys of bytes that were deleted. */
  readonly removed: string[];
}

/** @param store what the erasure works on; default the bench's own */
export function createEraseBench(bench: SyncBench, store: Store = bench.store): EraseBench {
  const ended: string[] = [];
  const noted: AuditKind[] = [];
  const removed: string[] = [];
  const erasures = createErasures({
    store,
    logs: bench.logs,
    clock: bench.clock,
    codec: nodeCodec,
    files: { remove: async (key) => void removed.push(key) },
    pause: async () => {},
    forgetHistory: async () => {},
    onEnded: (familyId) => void ended.push(familyId),
    note: (kind) => void noted.push(kind),
  });
  return { erasures, ended, noted, removed };
}

/** Somebody with an account, a profile and a sign-in. All that says who they are has "anabel" in it. */
export async function signUp(bench: SyncBench, userId: string): Promise<void> {
  const { store, logs } = bench;
  await store.users.create({
    userId,
    siteId: 's1',
    name: `${userId} Anabel`,
    guest: false,
    email: `${userId}@anabel.example`,
    emailVerifiedAtMs: 5,
    passwordHash: 'anabel-hash',
    externalId: null,
    createdAtMs: 1,
  });
  await store.sessions.create(
    {
      tokenHash: `token-${userId}`,
      familyId: `family-${userId}`,
      userId,
      expiresAtMs: Number.MAX_SAFE_INTEGER,
      usedAtMs: null,
      successorHash: null,
    },
    { device: 'Anabel’s phone', atMs: 5 },
  );
  const payload = { name: `${userId} Anabel` };
  await logs.appendServerOps(userScope(userId), [
    { type: 'profile.update', payload, authorId: userId },
  ]);
}

/** A group in which everybody has said something. @returns the replica that each pushes from */
export async function talkingGroup(
  bench: SyncBench,
  members: Readonly<Record<string, Role>>,
  groupId = 'road',
): Promise<ReadonlyMap<string, TestReplica>> {
  await makeGroup(bench, members, groupId);
  const scope = groupScope(groupId);
  const replicas = new Map<string, TestReplica>();
  for (const userId of Object.keys(members)) {
    const replica = testReplica(userId, { scope, replicaId: `${userId}-${groupId}` });
    replicas.set(userId, replica);
    const text = userId === 'ana' ? 'I am Anabel' : `I am ${userId}`;
    const messageId = `m-${userId}-${groupId}`;
    await bench.logs.push(
      actor(userId),
      replica.push(
        replica.op('members.describe', { name: userId === 'ana' ? 'Anabel' : userId }),
        replica.op('messages.send', { messageId, text }),
      ),
    );
  }
  return replicas;
}

/** Everything that a database file holds, as text: what is deflated is inflated. */
export function everythingIn(path: string): string {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    return tables
      .flatMap(({ name }) => database.prepare(`SELECT * FROM "${String(name)}"`).all())
      .flatMap((row) => Object.values(row))
      .map((value) =>
        value instanceof Uint8Array ? inflateRawSync(value).toString() : String(value),
      )
      .join('\n');
  } finally {
    database.close();
  }
}

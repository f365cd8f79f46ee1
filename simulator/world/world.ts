import { groupOfScope } from '../../sdk/protocol/ids.ts';
import { type Authority, createAuthority } from './authority.ts';
import { BusExchange } from './bus.ts';
import { Phone } from './phone.ts';
import type { PhoneDecorations } from './phone-decorations.ts';
import { seeded } from './random.ts';
import { ServerDisk } from './server-disk.ts';
import { roadScope, type ServerDecorations, ServerMachine, siteId } from './server-process.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';
import type { Witness } from './witness.ts';

export interface WorldOptions {
  readonly seed: string;
  readonly phones: number;
  readonly servers: number;
  readonly phone: PhoneDecorations;
  readonly server: ServerDecorations;
  readonly witness: Witness;
}

/** Everything there is: phones, the servers that share a store, and what lies between them. */
export interface World {
  readonly time: VirtualTime;
  readonly disk: ServerDisk;
  readonly bus: BusExchange;
  readonly authority: Authority;
  readonly servers: readonly ServerMachine[];
  readonly phones: readonly Phone[];
}

/** A world in which the group exists, everybody is in it, and nobody has opened the app yet. */
export async function createWorld(options: WorldOptions): Promise<World> {
  const { witness } = options;
  const random = seeded(options.seed);
  const time = createVirtualTime((error) => witness.bug('an event', error));
  const disk = new ServerDisk();
  const bus = new BusExchange(time, random.fork('bus'));
  const authority = createAuthority();
  const server = (index: number): ServerMachine =>
    new ServerMachine({
      ...{ time, disk, bus, authority, witness },
      random: random.fork(`server-${index}`),
      decorations: options.server,
      onCrash: () => witness.serverCrashed(),
      onBug: (error) => witness.bug(`server ${index}`, error),
    });
  const servers = Array.from({ length: options.servers }, (_, index) => server(index));
  const userIds = Array.from({ length: options.phones }, (_, index) => `user-${index}`);
  const phones = userIds.map(
    (userId) =>
      new Phone(userId, {
        ...{ time, servers, authority, witness },
        random: random.fork(userId),
        decorations: options.phone,
      }),
  );
  disk.onCommit = (scope, commit) => witness.committed(scope, commit);
  disk.onWindBack = (scope, fork) => witness.woundBack(scope, fork);
  disk.onPutBack = (scope, seq) => witness.putBack(scope, seq);
  const founding = found(servers[0], disk, userIds);
  await time.run(1_000, () => false);
  await founding;
  return { time, disk, bus, authority, servers, phones };
}

async function found(
  server: ServerMachine | undefined,
  disk: ServerDisk,
  userIds: readonly string[],
): Promise<void> {
  const policies = { join: 'open', add: 'everyone', control: 'everyone' } as const;
  const groupId = groupOfScope(roadScope) ?? '';
  const name = 'Road trip';
  disk.groups.set(groupId, {
    ...{ groupId, siteId, name, policies },
    ...{ memberCount: 0, deleted: false, place: null },
  });
  await server?.logs?.appendServerOps(roadScope, [
    { type: 'group.create', payload: { name, policies } },
    ...userIds.map((memberId, index) => ({
      type: 'members.join' as const,
      payload: {
        memberId,
        name: memberId,
        role: index === 0 ? ('owner' as const) : ('member' as const),
      },
      authorId: memberId,
    })),
  ]);
}

import { foldVersion } from '../sdk/merge/fold.ts';
import { groupScope } from '../sdk/protocol/ids.ts';
import type { LoadSocketOptions } from './load-socket.ts';

/** Somebody in a group, with what their socket needs. Plain data: it goes to another process. */
export interface LoadMember {
  readonly groupId: string;
  readonly userId: string;
  readonly token: string;
}

/** With the process of the server that their socket is at. */
export interface SeatedMember extends LoadMember {
  readonly port: number;
}

/** How a system under load is spoken to. */
export interface LoadSubject {
  readonly name: 'floor' | 'ours';
  /** Makes the groups and who is in them. */
  found(port: number, groups: number, membersEach: number): Promise<readonly LoadMember[]>;
  socket(member: SeatedMember): Omit<LoadSocketOptions, 'onEvent'>;
  /** A write whose text everybody in the group gets. @param number 1, 2, 3 … per member */
  write(member: LoadMember, number: number, text: string): readonly [string, unknown];
}

export const floorLoad: LoadSubject = {
  name: 'floor',
  async found(_port, groups, membersEach) {
    return Array.from({ length: groups * membersEach }, (_, index) => {
      return { groupId: `g${index % groups}`, userId: `u${index}`, token: '' };
    });
  },
  socket: ({ port, groupId }) => ({
    url: `ws://127.0.0.1:${port}/socket.io/`,
    auth: {},
    first: ['join', groupId],
  }),
  write: (_member, _number, text) => ['op', { reg: text }],
};

const site = 'pk_demo';
const signInsAtOnce = 20;

export const oursLoad: LoadSubject = {
  name: 'ours',
  async found(port, groups, membersEach) {
    const members: LoadMember[][] = [];
    const open = async (index: number): Promise<void> => {
      const owner = await post(port, 'auth/guest', { site, name: 'Owner', via: 'body' });
      const { id } = await post(port, 'groups', { name: `Group ${index}` }, owner['accessToken']);
      const path = `groups/${id}/invitations`;
      const { code } = await post(port, path, {}, owner['accessToken']);
      const others: Answer[] = [];
      for (let other = 1; other < membersEach; other++) {
        const guest = { site, name: 'Member', inviteCode: code, via: 'body' };
        others.push(await post(port, 'auth/guest', guest));
      }
      members[index] = [owner, ...others].map(({ accessToken, user }) => {
        const { id: userId } = user as { readonly id: string };
        return { groupId: String(id), userId, token: String(accessToken) };
      });
    };
    let next = 0;
    const lanes = Array.from({ length: signInsAtOnce }, async () => {
      while (next < groups) await open(next++);
    });
    await Promise.all(lanes);
    // As the floor's: neighbours in the list are in different groups.
    return Array.from({ length: membersEach }, (_, at) =>
      members.flatMap((own) => own[at] ?? []),
    ).flat();
  },
  socket: ({ port, groupId, userId, token }) => ({
    url: `ws://127.0.0.1:${port}/v1/socket/`,
    auth: { version: 1, site, token },
    first: [
      'hello',
      {
        version: 1,
        replicaId: userId,
        scopes: [{ scope: groupScope(groupId), cursor: null, fold: foldVersion }],
      },
    ],
  }),
  write({ groupId, userId }, number, text) {
    const replicaId = `r-${userId}`;
    const messageId = `${replicaId}-${number}`;
    const op = [number, number, Date.now(), number, 'messages.send', { messageId, text }];
    const who = { replicaId, authorId: userId, stamperId: replicaId };
    const run = { ...who, version: 1, base: [1, 0], ops: [op] };
    return ['push', { scope: groupScope(groupId), batch: number, runs: [run] }];
  },
};

type Answer = Readonly<Record<string, unknown>>;

async function post(port: number, path: string, body: object, token?: unknown): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

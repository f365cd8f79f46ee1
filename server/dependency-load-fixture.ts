import { equal } from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupScope, type Scope } from '../sdk/protocol/ids.ts';
import type { HelloAnswer, PushAnswer } from '../sdk/protocol/wire.ts';
import type { Link } from '../sdk/transport/link.ts';
import { openWebSocketLink } from '../sdk/transport/web-socket-link.ts';

/** Something a server uses and must be able to do without. One that is not installed here is left out by its maker. */
export interface Dependency {
  readonly name: string;
  /** By which the server is told of it. */
  readonly env: Readonly<Record<string, string>>;
  /** Once, before the load: what makes the server use it. */
  prepare(load: DependencyLoad): Promise<void>;
  /** Once a second, under load. */
  use(load: DependencyLoad): Promise<void>;
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Resolves when it has been used since it was restarted: it was not only away, it came back. */
  worksAgain(load: DependencyLoad): Promise<void>;
  dispose(): Promise<void>;
}

/** Who loads the server: some replicas in one group that push durable ops at a steady pace. */
export interface DependencyLoad {
  readonly base: string;
  readonly scope: Scope;
  readonly groupId: string;
  readonly token: string;
  /** Somebody else in the group, who listens. */
  readonly other: { readonly token: string };
  request<T>(event: string, payload: unknown): Promise<T>;
  ask(path: string, body: unknown, token?: string): Promise<Response>;
  /**
   * How long each push of a stretch took to be acknowledged, ms. @throws where one was not
   *
   * @param beside begun again after so many pushes as a phone makes in a second, and awaited
   */
  measure(ms: number, beside?: () => Promise<void>): Promise<readonly number[]>;
  close(): void;
}

const phones = 4;
const paceMs = 20;

export async function dependencyLoad(base: string): Promise<DependencyLoad> {
  const ask: DependencyLoad['ask'] = (path, body, token) =>
    fetch(`${base}/v1/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
  const guest = async (name: string) => {
    const answer = await ask('auth/guest', { site: 'pk_demo', name, via: 'body' });
    // What the server answers a guest is in its description.
    const { accessToken, user } = (await answer.json()) as {
      accessToken: string;
      user: { id: string };
    };
    const opened = await ask('groups/open', { place: '/load' }, accessToken);
    const { id } = (await opened.json()) as { id: string };
    return { token: accessToken, userId: user.id, groupId: id };
  };
  const ana = await guest('Ana');
  const other = await guest('Bo');
  const scope = groupScope(ana.groupId);
  const links = await Promise.all(
    Array.from({ length: phones }, () => linkTo(base, ana.token, scope)),
  );
  const [first] = links;
  if (!first) throw new Error('There is a phone');
  const counts = links.map(() => 0);

  const pushOf = (phone: number) => {
    const number = (counts[phone] ?? 0) + 1;
    counts[phone] = number;
    const replicaId = `phone-${phone}`;
    const payload = { messageId: `${replicaId}-${number}`, text: 'On the road' };
    const run = { replicaId, stamperId: replicaId, version: 1, base: [1, 1], authorId: ana.userId };
    const ops = [[number, number, Date.now(), 0, 'messages.send', payload]];
    return { scope, batch: number, runs: [{ ...run, ops }] };
  };

  return {
    ...{ base, scope, groupId: ana.groupId, token: ana.token, other, ask },
    request: (event, payload) => first.request(event, payload, 10_000),
    async measure(ms, beside = async () => {}) {
      const untilMs = performance.now() + ms;
      const work: Promise<void>[] = [];
      const talk = async (link: Link, phone: number): Promise<number[]> => {
        const tookMs: number[] = [];
        while (performance.now() < untilMs) {
          if (phone === 0 && tookMs.length % (1_000 / paceMs) === 0) work.push(beside());
          const startedMs = performance.now();
          const answer = await link.request<PushAnswer>('push', pushOf(phone), 10_000);
          tookMs.push(performance.now() - startedMs);
          equal(answer.refused.length + answer.retry.length, 0, JSON.stringify(answer));
          // A pace, not a wait for anything.
          await sleep(Math.max(0, paceMs - (performance.now() - startedMs)));
        }
        return tookMs;
      };
      const tookMs = await Promise.all(links.map(talk));
      await Promise.all(work);
      return tookMs.flat();
    },
    close() {
      for (const link of links) link.close();
    },
  };
}

async function linkTo(server: string, token: string, scope: Scope): Promise<Link> {
  const link = await new Promise<Link>((resolve, reject) => {
    const failed = ({ error }: { readonly error: unknown }): void => reject(error);
    const made: Link = openWebSocketLink(
      { server, site: 'pk_demo', token, version: 1 },
      { opened: () => resolve(made), closed: failed, blocked: failed, message: () => {} },
    );
  });
  const hello = { version: 1, replicaId: 'load', scopes: [{ scope, cursor: null }] };
  await link.request<HelloAnswer>('hello', hello, 10_000);
  return link;
}

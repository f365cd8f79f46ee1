import { performance } from 'node:perf_hooks';
import { JamzError } from '../sdk/protocol/errors.ts';
import type { Scope } from '../sdk/protocol/ids.ts';
import type { Cursor, HelloAnswer, PushAnswer } from '../sdk/protocol/wire.ts';
import { backoffMs } from '../sdk/sync/backoff.ts';
import type { Link, LinkFailure } from '../sdk/transport/link.ts';
import { openWebSocketLink } from '../sdk/transport/web-socket-link.ts';

export interface LightReplicaOptions {
  readonly server: string;
  readonly site: string;
  readonly token: string;
  readonly userId: string;
  readonly scope: Scope;
  readonly onBack: (tookMs: number) => void;
}

/**
 * A replica that keeps no state but its cursor and what is not acknowledged: thousands fit into a process. Link,
 * greeting, pushes and waits are those of the real one.
 */
export interface LightReplica {
  readonly acked: number;
  /** Says something; again and again, until it is acknowledged. */
  write(): void;
  readonly isBack: boolean;
  readonly pending: number;
  close(): void;
}

const answerWithinMs = 10_000;
/** As the real one. */
const probeMs = 10_000;

export function openLightReplica(options: LightReplicaOptions): LightReplica {
  const { server, site, token, userId, scope, onBack } = options;
  const replicaId = `r-${userId}`;
  const pending: number[] = [];
  let number = 0;
  let acked = 0;
  let cursor: Cursor | null = null;
  let link: Link | undefined;
  let isBack = false;
  let isPushing = false;
  let failures = 0;
  let lostMs: number | undefined;
  let closed = false;

  const retry = (error: JamzError): void => {
    failures += 1;
    setTimeout(open, backoffMs(failures, Math.random, error.retryAfterMs));
  };

  const lost = ({ error }: LinkFailure): void => {
    if (isBack) lostMs = performance.now();
    link = undefined;
    isBack = false;
    isPushing = false;
    if (!closed) retry(error);
  };

  const greet = async (opened: Link): Promise<void> => {
    const scopes = [{ scope, cursor }];
    const hello = { version: 1, replicaId, scopes };
    const { pulls } = await opened.request<HelloAnswer>('hello', hello, answerWithinMs);
    if (link !== opened) return;
    cursor = pulls[0]?.head ?? cursor;
    failures = 0;
    isBack = true;
    push();
    if (lostMs !== undefined && pending.length === 0) back();
  };

  const back = (): void => {
    if (lostMs !== undefined) onBack(performance.now() - lostMs);
    lostMs = undefined;
  };

  const push = (): void => {
    const opened = link;
    if (!opened || !isBack || isPushing || pending.length === 0) return;
    isPushing = true;
    const sent = [...pending];
    const nowMs = Date.now();
    const ops = sent.map((one) => [
      ...[one, one, nowMs, one, 'messages.send'],
      { messageId: `${replicaId}-${one}`, text: 'On the road' },
    ]);
    const run = {
      replicaId,
      authorId: userId,
      stamperId: replicaId,
      version: 1,
      base: [1, 0],
      ops,
    };
    opened
      .request<PushAnswer>('push', { scope, batch: 1, runs: [run] }, answerWithinMs)
      .then((answer) => {
        if (answer.refused.length + answer.retry.length > 0)
          throw new Error(JSON.stringify(answer));
        pending.splice(0, sent.length);
        acked += sent.length;
        cursor = answer.head;
        isPushing = false;
        if (pending.length === 0) back();
        push();
      })
      .catch(() => {
        if (link === opened) drop(opened);
      });
  };

  const drop = (opened: Link): void => {
    opened.close();
    lost({ kind: 'link', error: new JamzError('unavailable', 'No answer') });
  };

  const open = (): void => {
    if (closed) return;
    const opened: Link = openWebSocketLink(
      { server, site, token, version: 1 },
      {
        opened: () => {
          link = opened;
          greet(opened).catch(() => link === opened && drop(opened));
        },
        closed: lost,
        blocked: lost,
        message: () => {},
      },
    );
  };

  const probe = setInterval(
    () => link?.request('time', [0], answerWithinMs).catch(() => {}),
    probeMs,
  );
  open();
  return {
    get acked() {
      return acked;
    },
    get isBack() {
      return isBack;
    },
    get pending() {
      return pending.length;
    },
    write() {
      pending.push(++number);
      push();
    },
    close() {
      closed = true;
      clearInterval(probe);
      link?.close();
    },
  };
}

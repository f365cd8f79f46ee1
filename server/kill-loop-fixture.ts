import { equal, ok } from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { JamzError } from '../sdk/protocol/errors.ts';
import type { Scope, UserId } from '../sdk/protocol/ids.ts';
import type { Cursor, HelloAnswer, PushAnswer, PushMessage } from '../sdk/protocol/wire.ts';
import type { Link } from '../sdk/transport/link.ts';
import { openWebSocketLink } from '../sdk/transport/web-socket-link.ts';

/** The command line in one file: it starts in a fifth of the time, and a loop starts it often. */
export async function bundleServer(outfile: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL('./main.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    // Bundled packages still ask for Node's own modules in their old way.
    banner: {
      js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(${JSON.stringify(import.meta.url)});`,
    },
  });
}

export interface PhoneOptions {
  readonly server: string;
  readonly token: string;
  readonly userId: UserId;
  readonly scope: Scope;
  readonly replicaId: string;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/** A replica that numbers and keeps what it says until it is acknowledged, and says it again to the next server. */
export interface Phone {
  readonly replicaId: string;
  /** Numbers of ops that were acknowledged. */
  readonly acked: ReadonlySet<number>;
  /** Talks to the server until it dies. @param onAck called with each answer */
  talk(onAck: () => void): Promise<void>;
}

const windowOfPushes = 4;

export function createPhone(options: PhoneOptions): Phone {
  const { scope, replicaId, random } = options;
  const acked = new Set<number>();
  /** Sent, and no answer came. */
  const inDoubt: PushMessage[] = [];
  let head: Cursor = [1, 0, ''];
  let numbered = 0;
  let batch = 0;

  const write = (): PushMessage => {
    const ops = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
      numbered += 1;
      const payload = { messageId: `${replicaId}-${numbered}`, text: 'Where are we?' };
      return [numbered, numbered, Date.now(), 0, 'messages.send', payload] as const;
    });
    const [generation, seq] = head;
    const base = [generation, seq] as const;
    const who = { replicaId, authorId: options.userId, stamperId: replicaId, version: 1 };
    batch += 1;
    const push = { scope, batch, runs: [{ ...who, base, ops }] };
    inDoubt.push(push);
    return push;
  };

  const send = async (link: Link, push: PushMessage): Promise<void> => {
    const answer = await link.request<PushAnswer>('push', push, 10_000);
    equal(answer.refused.length + answer.retry.length, 0, JSON.stringify(answer));
    for (const [from, to] of answer.applied) {
      for (let number = from; number <= to; number++) acked.add(number);
    }
    for (const [number] of push.runs[0]?.ops ?? []) ok(acked.has(number), `${number} not told`);
    if (answer.head[1] > head[1]) head = answer.head;
    inDoubt.splice(inDoubt.indexOf(push), 1);
  };

  return {
    replicaId,
    acked,
    async talk(onAck) {
      const link = await opened(options);
      const hello = { version: 1, replicaId, scopes: [{ scope, cursor: head }] };
      const { pulls } = await link.request<HelloAnswer>('hello', hello, 10_000);
      ok((pulls[0]?.head[1] ?? 0) >= head[1], 'The log ends before what was acknowledged');
      const again = [...inDoubt];
      const talkOn = async (): Promise<void> => {
        for (;;) {
          await send(link, again.shift() ?? write());
          onAck();
        }
      };
      await Promise.all(Array.from({ length: windowOfPushes }, talkOn));
    },
  };
}

function opened({ server, token }: PhoneOptions): Promise<Link> {
  return new Promise((resolve, reject) => {
    const failed = ({ error }: { readonly error: JamzError }): void => reject(error);
    const link = openWebSocketLink(
      { server, site: 'pk_demo', token, version: 1 },
      { opened: () => resolve(link), closed: failed, blocked: failed, message: () => {} },
    );
  });
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** A server's process, from outside. */
export interface ServerHandle {
  readonly port: number;
  /** Over all its sockets and both ways, since it started. */
  bytes(): Promise<number>;
  /** Processor time it used since it started. */
  cpuMs(): Promise<number>;
  /** On its heap and beside it, after a collection. */
  heapBytes(): Promise<number>;
  /** In the machine's memory. */
  rssBytes(): Promise<number>;
  stop(): Promise<void>;
}

/** @param env on top of this process's */
export async function startServer(
  kind: 'floor' | 'ours',
  dir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ServerHandle> {
  const port = await freePort();
  const entry = join(import.meta.dirname, 'server-process.ts');
  const child = fork(entry, [kind, dir, String(port)], { env: { ...process.env, ...env } });
  const exit = once(child, 'exit');
  const first = await Promise.race([once(child, 'message'), exit]);
  if (first[0] !== 'ready') throw new Error(`The ${kind} server did not start: see above`);
  return {
    port,
    bytes: () => ask(child, 'bytes'),
    cpuMs: () => ask(child, 'cpuMs'),
    heapBytes: () => ask(child, 'heapBytes'),
    rssBytes: () => ask(child, 'rssBytes'),
    async stop() {
      child.send('stop');
      await exit;
    },
  };
}

async function ask(
  child: ChildProcess,
  figure: 'bytes' | 'cpuMs' | 'heapBytes' | 'rssBytes',
): Promise<number> {
  const answer = once(child, 'message');
  child.send(figure);
  return Number((await answer)[0]);
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  return address.port;
}

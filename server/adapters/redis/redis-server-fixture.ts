import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createClient } from '@redis/client';
import { freePort } from '../../../scripts/testing/free-port.ts';
import { program } from '../../../scripts/testing/program.ts';

/** A redis-server of the test's own, which can be ended in every way and started again at the same address, empty. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Resolves when it answers. */
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Stops and goes on: it holds its connections and answers nothing meanwhile. */
  freeze(): void;
  thaw(): void;
  /** What it has now. */
  keys(): Promise<readonly string[]>;
  /** Ends it for good. */
  dispose(): Promise<void>;
}

export const noRedis: string =
  'NO REDIS TO TEST AGAINST: install redis-server (Debian: apt-get install redis-server), or set REDIS_SERVER_BIN';

/** The program, where there is one. */
export function redisProgram(): string | undefined {
  const given = process.env['REDIS_SERVER_BIN'];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];
  const found = given ?? folders.map((folder) => join(folder, 'redis-server')).find(existsSync);
  if (!found) process.stdout.write(`${noRedis}\n`);
  return found;
}

export async function redisServer(command: string): Promise<RedisServer> {
  const directory = mkdtempSync(join(tmpdir(), 'jamz-redis-'));
  const port = await freePort();
  const options = { '--port': port, '--bind': '127.0.0.1', '--dir': directory, '--save': '' };
  const server = program({
    command,
    args: Object.entries(options).flatMap(([name, value]) => [name, `${value}`]),
    ready: /Ready to accept connections/,
  });
  await server.start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    async start() {
      await server.start();
    },
    async kill() {
      await server.end();
    },
    freeze: () => server.signal('SIGSTOP'),
    thaw: () => server.signal('SIGCONT'),
    async keys() {
      const client = createClient({ url: `redis://127.0.0.1:${port}` });
      await client.connect();
      const keys = await client.keys('*');
      await client.close();
      return keys;
    },
    async dispose() {
      await server.end();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

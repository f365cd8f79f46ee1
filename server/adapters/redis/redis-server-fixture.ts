import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { createClient } from '@redis/client';

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

export async function redisServer(program: string): Promise<RedisServer> {
  const directory = mkdtempSync(join(tmpdir(), 'jamz-redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    const options = { '--port': port, '--bind': '127.0.0.1', '--dir': directory, '--save': '' };
    const args = Object.entries(options).flatMap(([name, value]) => [name, `${value}`]);
    const started = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    child = started;
    if (!started.stdout) throw new Error('The process has an output');
    for await (const line of createInterface({ input: started.stdout })) {
      if (line.includes('Ready to accept connections')) break;
    }
    // Whatever it says later must not fill its pipe.
    started.stdout.resume();
  };
  const kill = async (): Promise<void> => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null) return;
    const ended = once(ending, 'exit');
    ending.kill('SIGKILL');
    await ended;
  };

  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async keys() {
      const client = createClient({ url: `redis://127.0.0.1:${port}` });
      await client.connect();
      const keys = await client.keys('*');
      await client.close();
      return keys;
    },
    async dispose() {
      await kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  return address.port;
}

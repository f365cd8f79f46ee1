import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Program, program } from '../scripts/testing/program.ts';

const root = resolve(import.meta.dirname, '..');
/** The server of this tree. */
export const thisVersion = 'server/main.ts';

/** The real server as a process of its own, on a data directory of its own. */
export interface TestServer {
  readonly url: string;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data, as another version where `main` names one. */
  restart(main?: string): Promise<void>;
  close(): Promise<void>;
}

export interface TestServerOptions {
  /** What runs as the server, from the root of the repository; this version's where it is left out. */
  readonly main?: string;
  /** Puts into the data directory what an earlier life of the server has left there. */
  readonly prepare?: (dataDir: string) => Promise<void>;
}

export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jamz-e2e-'));
  await options.prepare?.(dataDir);
  let main = options.main ?? thisVersion;
  let running = serverOf(main, dataDir, '0');
  // What it prints once it listens.
  const { local: url } = JSON.parse(await running.start()) as { local: string };

  return {
    url,
    async kill() {
      await running.end('SIGKILL');
    },
    async restart(next = main) {
      main = next;
      running = serverOf(main, dataDir, new URL(url).port);
      await running.start();
    },
    async close() {
      await running.end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function serverOf(main: string, dataDir: string, port: string): Program {
  return program({
    command: process.execPath,
    args: [resolve(root, main), 'serve', '--port', port, '--json'],
    env: { ...process.env, DATA_DIR: dataDir, HOST: '127.0.0.1', LOG_LEVEL: 'warn' },
    ready: /"local"/,
  });
}

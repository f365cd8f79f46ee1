import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

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
  let { child, url } = await launch(main, dataDir, '0');

  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  return {
    url,
    kill: () => stop('SIGKILL'),
    async restart(next = main) {
      main = next;
      ({ child, url } = await launch(main, dataDir, new URL(url).port));
    },
    async close() {
      await stop('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Resolves with the address that the server prints once it listens. */
async function launch(
  main: string,
  dataDir: string,
  port: string,
): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, [main, 'serve', '--port', port, '--json'], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, HOST: '127.0.0.1', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { local } = JSON.parse(line) as { local: string };
    return { child, url: local };
  }
  throw new Error(`The server ended with status ${child.exitCode} before it listened.`);
}

import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The real server in a process of its own, which can be ended in every way and started again at the same address. */
export interface ServerProcess {
  readonly base: string;
  readonly dataDir: string;
  /** Resolves when it answers. */
  start(): Promise<void>;
  /** @returns its exit status, null where the signal ended it */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
  /** Ends it for good and removes what it kept. */
  dispose(): Promise<void>;
}

/** The server's command line, from the sources. */
export const main: string = fileURLToPath(new URL('./main.ts', import.meta.url));

/**
 * @param entry its command line; the sources' by default
 * @param env on top of what it needs
 */
export async function serverProcess(
  entry: string = main,
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jamz-process-'));
  const port = await freePort();
  let child: ChildProcess | undefined;

  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
    const ending = child;
    child = undefined;
    if (!ending) throw new Error('The server does not run');
    if (ending.exitCode !== null) return ending.exitCode;
    const exit = once(ending, 'exit');
    ending.kill(signal);
    const [status] = await exit;
    return status;
  };

  return {
    base: `http://127.0.0.1:${port}`,
    dataDir,
    async start() {
      child = spawn(process.execPath, [entry, 'serve', '--port', `${port}`, '--json'], {
        env: { PATH: process.env['PATH'], DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      if (!child.stdout) throw new Error('The process has an output');
      const [line] = await Promise.race([
        once(child.stdout, 'data'),
        once(child, 'exit').then(([status]) => {
          throw new Error(`The server did not start: status ${status}`);
        }),
      ]);
      if (String(line).includes('"error"')) throw new Error(`The server did not start: ${line}`);
    },
    end,
    async dispose() {
      if (child) await end('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Below those that systems give to outgoing connections: nobody takes it while the server is down. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    const probe = createServer();
    try {
      await once(probe.listen(port, '127.0.0.1'), 'listening');
      probe.close();
      await once(probe, 'close');
      return port;
    } catch {
      // Taken: another one.
    }
  }
}

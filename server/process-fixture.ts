import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../scripts/testing/free-port.ts';
import { program } from '../scripts/testing/program.ts';

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
  const server = program({
    command: process.execPath,
    args: [entry, 'serve', '--port', `${port}`, '--json'],
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env },
    ready: /./,
  });
  return {
    base: `http://127.0.0.1:${port}`,
    dataDir,
    async start() {
      const line = await server.start();
      if (line.includes('"error"')) throw new Error(`The server did not start: ${line}`);
    },
    end: server.end,
    async dispose() {
      await server.end();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { EngineKind, TestTab } from './engine.ts';

const program = process.env['WEBKIT_DRIVER_PATH'];
const browserProgram = process.env['WEBKIT_BROWSER_PATH'];

/** WebKitGTK over WebDriver (W3C), on a display of its own that nobody looks at. */
export const webkit: EngineKind = {
  name: 'WebKit',
  missing:
    program === undefined || browserProgram === undefined
      ? 'WEBKIT_DRIVER_PATH and WEBKIT_BROWSER_PATH name no WebKit'
      : undefined,
  async start() {
    if (program === undefined) throw new Error('There is no WebKit.');
    const port = await freePort();
    const driver = spawn('xvfb-run', ['-a', program, `--port=${port}`, '--host=127.0.0.1'], {
      stdio: 'ignore',
      detached: true,
    });
    const driverUrl = `http://127.0.0.1:${port}`;
    await untilReady(driverUrl, driver);
    const { sessionId } = (await command('POST', `${driverUrl}/session`, {
      capabilities: {
        alwaysMatch: {
          'webkitgtk:browserOptions': { binary: browserProgram, args: ['--automation'] },
          timeouts: { script: 60_000, pageLoad: 60_000 },
        },
      },
    })) as { sessionId: string };
    const session = `${driverUrl}/session/${sessionId}`;
    // Never closed: the browser would end with its last tab.
    const first = await command('GET', `${session}/window`);
    return {
      name: 'WebKit',
      async open(url) {
        await command('POST', `${session}/window`, { handle: first });
        // A tab would open behind the first one, where pages draw no frames and animations never end.
        const { handle } = (await command('POST', `${session}/window/new`, {
          type: 'window',
        })) as { handle: string };
        const opened = tab(session, handle);
        await opened.go(url);
        return opened;
      },
      async close() {
        await command('DELETE', session);
        const gone = once(driver, 'exit');
        // Its group: the display goes with it.
        if (driver.pid !== undefined) process.kill(-driver.pid, 'SIGTERM');
        await gone;
      },
    };
  },
};

function tab(session: string, handle: string): TestTab & { go(url: string): Promise<void> } {
  // One tab is the current one: commands to several take turns.
  const inTab = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    await command('POST', `${session}/window`, { handle });
    return command(method, `${session}${path}`, body);
  };
  return {
    async go(url) {
      await inTab('POST', '/url', { url });
    },
    async run<Argument, Result>(inPage: (argument: Argument) => unknown, argument: Argument) {
      const script = `const done = arguments[1];
        Promise.resolve((${inPage})(arguments[0])).then(
          (value) => done({ value }),
          (error) => done({ error: String(error) }),
        );`;
      const answer = (await inTab('POST', '/execute/async', {
        script,
        args: [argument ?? null],
      })) as { value?: Result; error?: string };
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.value as Result;
    },
    async reload() {
      await inTab('POST', '/refresh', {});
    },
    async close() {
      await inTab('DELETE', '/window');
    },
  };
}

async function command(method: string, url: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (!response.ok) {
    const { message } = value as { message: string };
    throw new Error(`${method} ${new URL(url).pathname}: ${message}`);
  }
  return value;
}

async function untilReady(driverUrl: string, driver: ChildProcess): Promise<void> {
  for (;;) {
    if (driver.exitCode !== null) throw new Error('WebKitWebDriver ended at once.');
    try {
      await command('GET', `${driverUrl}/status`);
      return;
    } catch {
      // It listens a moment after its start, and says so nowhere.
      await new Promise((resolved) => setTimeout(resolved, 50));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('No port.');
  return address.port;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A link to a server that a test can slow down, cut and break. */
export interface Toxiproxy {
  readonly address: string;
  enable(enabled: boolean): Promise<void>;
  toxic(type: string, attributes: Readonly<Record<string, number>>): Promise<void>;
  /** Takes all toxics away. */
  clear(): Promise<void>;
  end(): Promise<void>;
}

/** @param program as TOXIPROXY_BIN names it. @param upstream `host:port` of the server */
export async function toxiproxy(program: string, upstream: string): Promise<Toxiproxy> {
  const [apiPort, port] = [await freePort(), await freePort()];
  const child = spawn(program, ['-host', '127.0.0.1', '-port', `${apiPort}`], { stdio: 'ignore' });
  const base = `http://127.0.0.1:${apiPort}`;
  await answers(child, base);
  const ask = async (method: string, path: string, body?: object): Promise<void> => {
    const response = await fetch(base + path, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`Toxiproxy: ${response.status} ${await response.text()}`);
  };
  const address = `127.0.0.1:${port}`;
  await ask('POST', '/proxies', { name: 'link', listen: address, upstream, enabled: true });
  return {
    address,
    enable: (enabled) => ask('POST', '/proxies/link', { enabled }),
    toxic: (type, attributes) => ask('POST', '/proxies/link/toxics', { type, attributes }),
    clear: () => ask('POST', '/reset'),
    async end() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** It says that it starts before it listens. */
async function answers(child: ChildProcess, base: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`Toxiproxy ended with status ${child.exitCode}`);
    try {
      if ((await fetch(`${base}/version`)).ok) return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const at = probe.address();
  probe.close();
  await once(probe, 'close');
  if (at === null || typeof at === 'string') throw new Error('The probe has a port');
  return at.port;
}

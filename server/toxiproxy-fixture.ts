import { freePort } from '../scripts/testing/free-port.ts';
import { program } from '../scripts/testing/program.ts';

/** A link to a server that a test can slow down, cut and break. */
export interface Toxiproxy {
  readonly address: string;
  enable(enabled: boolean): Promise<void>;
  toxic(type: string, attributes: Readonly<Record<string, number>>): Promise<void>;
  /** Takes all toxics away. */
  clear(): Promise<void>;
  end(): Promise<void>;
}

/** @param command as TOXIPROXY_BIN names it. @param upstream `host:port` of the server */
export async function toxiproxy(command: string, upstream: string): Promise<Toxiproxy> {
  const [apiPort, port] = [await freePort(), await freePort()];
  const base = `http://127.0.0.1:${apiPort}`;
  const proxy = program({
    ...{ command, args: ['-host', '127.0.0.1', '-port', `${apiPort}`], isQuiet: true },
    // It says that it starts before it listens.
    ready: () =>
      fetch(`${base}/version`).then(
        ({ ok }) => ok,
        () => false,
      ),
  });
  await proxy.start();
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
      await proxy.end();
    },
  };
}

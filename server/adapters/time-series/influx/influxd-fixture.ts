import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from '../../../../scripts/testing/free-port.ts';
import { program } from '../../../../scripts/testing/program.ts';

/** A real InfluxDB in a process of its own, which can be killed and started again with what it had. */
export interface Influxd {
  readonly url: string;
  /** A name that nobody else uses. */
  newDatabase(): string;
  /** Resolves when it answers. */
  start(): Promise<void>;
  kill(): Promise<void>;
  dispose(): Promise<void>;
}

export const noInfluxd =
  'NO INFLUXDB TO TEST AGAINST: install Debian’s influxdb, or set INFLUXD_BIN to the program influxd';

/** @returns undefined where there is none */
export function influxd(): Promise<Influxd> | undefined {
  const binary = findInfluxd();
  return binary === undefined ? undefined : prepared(binary);
}

async function prepared(binary: string): Promise<Influxd> {
  const folder = mkdtempSync(join(tmpdir(), 'jamz-influx-'));
  const [httpPort, rpcPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${httpPort}`;
  const config = join(folder, 'influxdb.conf');
  writeFileSync(config, configOf(folder, httpPort, rpcPort));
  let databases = 0;
  // It tells nobody when it is ready: there is nothing but to ask.
  const server = program({
    ...{ command: binary, args: ['-config', config], isQuiet: true },
    ready: () => answers(url),
  });

  return {
    url,
    newDatabase: () => `jamz_${process.pid}_${databases++}`,
    async start() {
      await server.start();
    },
    async kill() {
      await server.end();
    },
    async dispose() {
      await server.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/ping`).catch(() => undefined);
  return answer?.status === 204;
}

function findInfluxd(): string | undefined {
  const given = process.env['INFLUXD_BIN'];
  if (given) return given;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'influxd')).find((path) => existsSync(path));
}

function configOf(folder: string, httpPort: number, rpcPort: number): string {
  return `
reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = "${folder}/meta"
[data]
  dir = "${folder}/data"
  wal-dir = "${folder}/wal"
  index-version = "inmem"
[http]
  enabled = true
  bind-address = "127.0.0.1:${httpPort}"
  log-enabled = false
[monitor]
  store-enabled = false
`;
}

import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from '../scripts/testing/free-port.ts';
import { program } from '../scripts/testing/program.ts';

/** nginx in front of server processes, as `deploy/nginx.conf` sets it up. */
export interface Nginx {
  readonly base: string;
  /** Where it speaks TLS; undefined without a certificate. */
  readonly secureBase: string | undefined;
  close(): Promise<void>;
}

export const noNginx: string =
  'NO NGINX TO TEST WITH: install nginx (Debian: apt-get install nginx-light), or set NGINX_BIN';

/** The program, where there is one. */
export function nginxProgram(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];
  const found = process.env['NGINX_BIN'] ?? folders.map((f) => join(f, 'nginx')).find(existsSync);
  if (!found) process.stdout.write(`${noNginx}\n`);
  return found;
}

/**
 * @param bases the processes, in the place of the two that the file names
 * @param tls PEM files, for what `deploy/nginx-tls.conf` adds
 */
export async function nginxInFrontOf(
  command: string,
  bases: readonly string[],
  tls?: { readonly cert: string; readonly key: string },
): Promise<Nginx> {
  const directory = mkdtempSync(join(tmpdir(), 'jamz-nginx-'));
  const port = await freePort();
  const securePort = tls && (await freePort());
  if (tls) {
    const snippet = readFileSync(new URL('../deploy/nginx-tls.conf', import.meta.url), 'utf8')
      .replace('listen 443 ssl;', `listen 127.0.0.1:${securePort} ssl;`)
      .replace('/etc/nginx/tls/fullchain.pem', tls.cert)
      .replace('/etc/nginx/tls/privkey.pem', tls.key);
    mkdirSync(join(directory, 'more'));
    writeFileSync(join(directory, 'more', 'tls.conf'), snippet);
  }
  const site = readFileSync(new URL('../deploy/nginx.conf', import.meta.url), 'utf8');
  let index = 0;
  const servers = site.replace(
    /127\.0\.0\.1:400\d/g,
    () => new URL(bases[index++ % bases.length] ?? '').host,
  );
  writeFileSync(
    join(directory, 'site.conf'),
    servers
      .replace('listen 80;', `listen 127.0.0.1:${port};`)
      .replace('/etc/nginx/trafficjamz/', `${directory}/more/`),
  );
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${directory}/${name};`)
    .join('\n');
  writeFileSync(
    join(directory, 'nginx.conf'),
    `pid ${directory}/pid; daemon off; worker_processes 1; worker_rlimit_nofile 40000;
    events { worker_connections 20000; }
    http { access_log off; ${paths} include ${directory}/site.conf; }`,
  );
  const args = ['-p', directory, '-e', 'stderr', '-c', join(directory, 'nginx.conf')];
  const nginx = program({
    // What it says of processes that stop is what the test does on purpose.
    ...{ command, args, isQuiet: true },
    ready: () => listens(port),
  });
  await nginx.start();
  return {
    base: `http://127.0.0.1:${port}`,
    secureBase: securePort === undefined ? undefined : `https://127.0.0.1:${securePort}`,
    async close() {
      await nginx.end('SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Whether somebody listens there. */
async function listens(port: number): Promise<boolean> {
  const probe = connect(port, '127.0.0.1');
  const isThere = await once(probe, 'connect').then(
    () => true,
    () => false,
  );
  probe.destroy();
  return isThere;
}

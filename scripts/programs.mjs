// Runs on Node 20 before anything is installed: no dependencies, no TypeScript.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, say } from './bootstrap.mjs';

/** Programs that tests of the server start themselves, by the Debian package that has each. */
const services = { 'redis-server': 'redis-server', nginx: 'nginx-light' };

/** Installs what is missing where Debian’s packages can be; the tests of what stays missing say so and are skipped. */
export async function ensureServices() {
  const missing = Object.entries(services).filter(([program]) => !onPath([program]));
  if (missing.length > 0) await installed(...missing.map(([, name]) => name));
}

/** Installs Debian packages where this process may. @returns whether it did */
export export async function installed(...packages) {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return false;
  say(`Installing Debian’s ${packages.join(', ')} with apt-get …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
  await run('apt-get', ['update', ...quiet], { env });
  const install = ['install', '-y', '--no-install-recommends', ...quiet, ...packages];
  return (await run('apt-get', install, { env })) === 0;
}

/** The first of these that is there. Daemons lie in folders that a person’s own path may lack. */
export function onPath(programs) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders
    .flatMap((folder) => programs.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}

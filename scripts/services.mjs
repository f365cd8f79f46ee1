// Runs on Node 20 before anything is installed: no dependencies, no TypeScript.
import { installed, onPath } from './browser.mjs';

/** Servers that contract suites run against: the variable that names each, its program, and Debian's package of it. */
const services = [
  { variable: 'INFLUXD_BIN', program: 'influxd', package: 'influxdb' },
  { variable: 'NGINX_BIN', program: 'nginx', package: 'nginx-light' },
  { variable: 'REDIS_SERVER_BIN', program: 'redis-server', package: 'redis-server' },
];

/**
 * Where they are, as variables for the tests. What is missing is installed where Debian's packages can be; otherwise its
 * variable stays unset, and the suites that want it say so and are skipped.
 */
export async function ensureServices() {
  const env = {};
  for (const { variable, program, package: name } of services) {
    if (!process.env[variable] && !onPath([program])) await installed(name);
    const path = process.env[variable] ?? onPath([program]);
    if (path) env[variable] = path;
  }
  return env;
}

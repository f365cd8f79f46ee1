import { createServer } from 'node:net';
import type { Config } from '../../config/config.ts';
import { type Check, type Finding, messageOf } from './finding.ts';

/** The port to listen on. */
export const checkPort: Check = async (config) => [await portFinding(config)];

async function portFinding({ host, port }: Config): Promise<Finding> {
  const probe = createServer();
  const { promise, resolve } = Promise.withResolvers<Finding>();
  probe.once('error', (error) => {
    const message = `${host}:${port} cannot be listened on (${messageOf(error)}): stop what has it, or set another PORT or HOST. If it is this server, all is well`;
    resolve({ check: 'PORT', result: 'note', message });
  });
  probe.listen(port, host, () => {
    probe.close(() => resolve({ check: 'PORT', result: 'ok', message: `${host}:${port} is free` }));
  });
  return promise;
}

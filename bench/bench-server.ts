import { createServer } from '../server/compose.ts';
import { readConfig } from '../server/config/read-config.ts';
import type { RateLimits } from '../server/http/rate-limits.ts';
import type { JamzServer } from '../server/jamz-server.ts';

/** Everybody comes from one address here, which is what rate limits are against. */
const unlimited: RateLimits = { spend: async () => {} };

/** The real server, SQLite with durable acks, started; one of several where REDIS_URL says so. @param port 0: any free one */
export async function startBenchServer(dir: string, port: number): Promise<JamzServer> {
  const { REDIS_URL } = process.env;
  const config = readConfig({ PORT: `${port}`, DATA_DIR: dir, LOG_LEVEL: 'error', REDIS_URL });
  const server = createServer(config, { rateLimits: unlimited });
  await server.start();
  return server;
}

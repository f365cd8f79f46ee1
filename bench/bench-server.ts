import { createServer } from '../server/compose.ts';
import { readConfig } from '../server/config/read-config.ts';
import type { RateLimits } from '../server/http/rate-limits.ts';
import type { JamzServer } from '../server/jamz-server.ts';

/** Everybody comes from one address here, which is what rate limits are against. */
const unlimited: RateLimits = { spend: async () => {} };

/** The real server, SQLite with durable acks, started. @param port 0: any free one */
export async function startBenchServer(dir: string, port: number): Promise<JamzServer> {
  const config = readConfig({ PORT: String(port), DATA_DIR: dir, LOG_LEVEL: 'error' });
  const server = createServer(config, { rateLimits: unlimited });
  await server.start();
  return server;
}

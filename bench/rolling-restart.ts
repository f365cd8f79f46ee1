import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { groupScope, type Scope } from '../sdk/protocol/ids.ts';
import { redisProgram, redisServer } from '../server/adapters/redis/redis-server-fixture.ts';
import { createSqliteStore } from '../server/adapters/store/sqlite/create-sqlite-store.ts';
import { nginxInFrontOf, nginxProgram } from '../server/nginx-fixture.ts';
import { travellers } from '../server/travel-fixture.ts';
import { percentile, shown } from './figures.ts';
import { type LightReplica, openLightReplica } from './light-replica.ts';
import { freePort } from './server-handle.ts';

/**
 * `node bench/rolling-restart.ts`: thousands of replicas on some processes that share one SQLite file and Redis, behind
 * nginx; every process is restarted in turn while ops are written. Most replicas are light ones that speak the real
 * protocol, some are the real SDK. Tells how long each replica was away, and what the log has at the end.
 */
const { values: options } = parseArgs({
  options: {
    replicas: { type: 'string', default: '5000' },
    processes: { type: 'string', default: '2' },
    /** Written by the light replicas together. */
    perSecond: { type: 'string', default: '100' },
    json: { type: 'boolean', default: false },
  },
});
const count = Number(options.replicas);
const membersPerGroup = 20;

interface Process {
  readonly base: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const redisAt = redisProgram();
const nginxAt = nginxProgram();
if (!redisAt || !nginxAt) process.exit(2);
const dir = await mkdtemp(join(tmpdir(), 'jamz-rolling-'));
const redis = await redisServer(redisAt);
const processes = await Promise.all(
  Array.from({ length: Number(options.processes) }, () => serverProcess(dir, redis.url)),
);
for (const server of processes) await server.start();
const nginx = await nginxInFrontOf(
  nginxAt,
  processes.map(({ base }) => base),
);
const say = (text: string): void => console.error(text);

const awayMs: number[] = [];
const replicas: LightReplica[] = [];
const scopes: Scope[] = [];
for (let group = 0; group < count / membersPerGroup; group++) scopes.push(await openGroup(group));
await until(() => replicas.every(({ isBack }) => isBack));
const people = await travellers(nginx.base, ['ana', 'bo', 'cy', 'dee']);
say(`${replicas.length} replicas are in step`);

let next = 0;
const periodMs = 20;
const perTick = (Number(options.perSecond) * periodMs) / 1_000;
let owed = 0;
const writing = setInterval(() => {
  for (owed += perTick; owed >= 1; owed -= 1) replicas[next++ % replicas.length]?.write();
}, periodMs);
await people.progress(50);
for (const [index, server] of processes.entries()) {
  const beganMs = performance.now();
  await server.stop();
  const stoppedMs = performance.now() - beganMs;
  await until(() => replicas.every(({ isBack }) => isBack));
  const backMs = performance.now() - beganMs;
  say(
    `process ${index + 1} stopped in ${shown(stoppedMs)} ms, all back ${shown(backMs)} ms after it began to`,
  );
  await server.start();
  await people.progress(50);
}
clearInterval(writing);
await until(() => replicas.every(({ isBack, pending }) => isBack && pending === 0));
await people.arrive();
await people.close();
for (const replica of replicas) replica.close();
await nginx.close();
for (const server of processes) await server.stop();
await redis.dispose();

const acked = replicas.reduce((sum, replica) => sum + replica.acked, 0);
const { written, twice } = await readLogs(scopes);
const figures = {
  replicas: replicas.length,
  processes: processes.length,
  returns: awayMs.length,
  'back in step p50, ms': percentile(awayMs, 50),
  'back in step p99, ms': percentile(awayMs, 99),
  'back in step max, ms': percentile(awayMs, 100),
  'ops acknowledged': acked,
  'ops lost': acked - written,
  'ops twice': twice,
};
await rm(dir, { recursive: true });
const machine = `${cpus()[0]?.model}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`;
if (options.json) console.log(JSON.stringify({ machine, figures }));
else {
  console.log(machine);
  for (const [name, value] of Object.entries(figures))
    console.log(`${name.padEnd(24)}${shown(value)}`);
}
process.exit(figures['ops lost'] === 0 && twice === 0 ? 0 : 1);

/** A server in a process of its own, the same port after each start. */
async function serverProcess(dataDir: string, redisUrl: string): Promise<Process> {
  const port = await freePort();
  const entry = join(import.meta.dirname, 'server-process.ts');
  let child: ReturnType<typeof fork> | undefined;
  return {
    base: `http://127.0.0.1:${port}`,
    async start() {
      const env = { ...process.env, REDIS_URL: redisUrl };
      child = fork(entry, ['ours', dataDir, String(port)], { env });
      await once(child, 'message');
    },
    async stop() {
      if (!child) return;
      const exit = once(child, 'exit');
      child.send('stop');
      await exit;
      child = undefined;
    },
  };
}

/** A group and its members, each with a replica. */
async function openGroup(index: number): Promise<Scope> {
  const site = 'pk_demo';
  const owner = await post('auth/guest', { site, name: 'Owner', via: 'body' });
  const { id } = await post('groups', { name: `Group ${index}` }, owner['accessToken']);
  const { code } = await post(`groups/${id}/invitations`, {}, owner['accessToken']);
  const scope = groupScope(String(id));
  const others = await Promise.all(
    Array.from({ length: membersPerGroup - 1 }, () =>
      post('auth/guest', { site, name: 'Member', inviteCode: code, via: 'body' }),
    ),
  );
  for (const { accessToken, user } of [owner, ...others]) {
    replicas.push(
      openLightReplica({
        ...{ server: nginx.base, site, scope, token: String(accessToken) },
        userId: (user as { readonly id: string }).id,
        onBack: (tookMs) => awayMs.push(tookMs),
      }),
    );
  }
  return scope;
}

async function post(
  path: string,
  body: object,
  token?: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(`${nginx.base}/v1/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Readonly<Record<string, unknown>>;
}

/** What the light replicas have in the logs, as the last server left them. */
async function readLogs(of: readonly Scope[]): Promise<{ written: number; twice: number }> {
  const store = createSqliteStore({ path: join(dir, 'trafficjamz.sqlite') });
  const seen = new Set<string>();
  let twice = 0;
  for (const scope of of) {
    for (let seq = 0; ; ) {
      const commits = await store.log.read(scope, seq, 500);
      for (const { runs, count: length } of commits) {
        seq += length;
        for (const { replicaId, ops } of runs) {
          for (const [number, , , , type] of ops) {
            if (type !== 'messages.send') continue;
            const key = `${scope} ${replicaId} ${number}`;
            if (seen.has(key)) twice += 1;
            seen.add(key);
          }
        }
      }
      if (commits.length === 0) break;
    }
  }
  await store.close();
  return { written: seen.size, twice };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

import { equal } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSocket, type TestSocket } from './gateway/gateway-fixture.ts';
import { main, type ServerProcess, serverProcess } from './process-fixture.ts';

/** Several server processes on one SQLite file, or on what `env` names. */
export interface Several {
  readonly servers: readonly ServerProcess[];
  dispose(): Promise<void>;
}

/** Started at the same moment, in an empty folder. */
export async function severalServers(
  count: number,
  env: Readonly<Record<string, string>>,
): Promise<Several> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jamz-several-'));
  const servers = await Promise.all(
    Array.from({ length: count }, () => serverProcess(main, { DATA_DIR: dataDir, ...env })),
  );
  await Promise.all(servers.map((server) => server.start()));
  return {
    servers,
    async dispose() {
      await Promise.all(servers.map((server) => server.dispose()));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Somebody signed in, with what they say over HTTP. */
export interface Person {
  readonly userId: string;
  readonly token: string;
  readonly refreshToken: string;
  /** @returns the JSON of an answer that is no problem */
  ask(base: string, path: string, body?: object): Promise<Record<string, unknown>>;
  /** A socket that follows these scopes. */
  open(base: string, ...scopes: readonly string[]): Promise<TestSocket>;
}

export async function person(base: string, name: string): Promise<Person> {
  const guest = await request(base, 'auth/guest', { site: 'pk_demo', name, via: 'body' });
  const token = String(guest['accessToken']);
  const user = guest['user'] as { readonly id: string };
  return {
    userId: user.id,
    token,
    refreshToken: String(guest['refreshToken']),
    ask: (at, path, body) => request(at, path, body, token),
    async open(at, ...scopes) {
      const socket = await openSocket(at, { version: 1, site: 'pk_demo', token });
      const wanted = scopes.map((scope) => ({ scope, cursor: null }));
      await socket.ask('hello', { version: 1, replicaId: `r-${user.id}`, scopes: wanted });
      return socket;
    },
  };
}

async function request(
  base: string,
  path: string,
  body?: object,
  token?: string,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${base}/v1/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  equal(response.ok, true, `${path}: ${response.status}`);
  return response.status === 204 ? {} : ((await response.json()) as Record<string, unknown>);
}

/** A push of one op. */
export function pushOf(
  scope: string,
  author: Person,
  number: number,
  [type, payload]: readonly [type: string, payload: object],
): object {
  const nowMs = Date.now();
  const replicaId = `r-${author.userId}`;
  const run = {
    ...{ replicaId, authorId: author.userId, stamperId: replicaId, version: 1, base: [1, 0] },
    ops: [[number, number, nowMs, number, type, payload]],
  };
  return { scope, batch: number, runs: [run] };
}

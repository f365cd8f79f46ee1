import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorCode } from '../sdk/protocol/errors.ts';
import type {
  EndedScope,
  PullAnswer,
  PushAnswer,
  WireError,
  WireUser,
} from '../sdk/protocol/wire.ts';
import type { NewSite } from './accounts/sites.ts';
import { createSqliteStore } from './adapters/store/sqlite/create-sqlite-store.ts';
import { openAdapters, openSites } from './compose.ts';
import type { Config } from './config/config.ts';
import { readConfig } from './config/read-config.ts';
import { type Adapters, createJamzServer, type ServerOptions } from './jamz-server.ts';
import type { Clock } from './ports/clock.ts';
import type { Files } from './ports/files.ts';
import type { Mailer } from './ports/mail.ts';
import type { AuditRecord } from './ports/store.ts';

/** The answer to one request of a test. */
export interface TestAnswer<Json = TestJson> {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON as it came; where there was none, empty. */
  readonly json: Json;
}

/** What tests look at in answers. A field that an answer lacks is undefined; the tests are what checks that. */
export interface TestJson {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: WireUser;
  readonly groups: readonly unknown[];
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly memberCount: number;
  readonly code: ErrorCode & string;
  readonly url: string;
  readonly detail: string;
  readonly retryAfterMs: number;
  readonly answers: readonly PushAnswer[];
  readonly pulls: readonly PullAnswer[];
  readonly ended: readonly EndedScope[];
  readonly errors: readonly (WireError & { readonly scope: string })[];
  readonly drainToken: string;
  readonly fileId: string;
  readonly time: readonly [receivedMs: number, sentMs: number];
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly summary: string }>>>>;
}

export interface TestRequest {
  readonly method?: string;
  readonly token?: string;
  /** Sent as JSON; text is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A whole server on a port of its own, with a data folder of its own. */
export interface TestServer {
  readonly base: string;
  readonly config: Config;
  /** @typeParam Json what this answer is looked at as, where it is no {@link TestJson} */
  ask<Json = TestJson>(path: string, request?: TestRequest): Promise<TestAnswer<Json>>;
  /** Signs a guest in on the demo site. */
  guest(name: string, site?: string): Promise<TestPerson>;
  /** @returns its secret */
  addSite(site: NewSite): Promise<string>;
  /** Gives a site a new secret. @returns it */
  secretOf(key: string): Promise<string>;
  /** Does now what the server does every hour. */
  tidy(): Promise<void>;
  /** What the audit log says, the newest first. */
  audit(siteKey?: string): Promise<readonly AuditRecord[]>;
  close(): Promise<void>;
}

export interface TestPerson {
  readonly userId: string;
  readonly token: string;
  readonly refreshToken: string;
}

export interface TestServerOptions extends ServerOptions {
  /** Ceiling of the database: beyond it the disk is full. */
  readonly maxPages?: number;
  /** Of the environment, on top of what a test server has. */
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: (real: Files) => Files;
  readonly mailer?: Mailer;
  readonly clock?: Clock;
}

export async function testServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jamz-http-'));
  const config = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    ...options.env,
  });
  const { maxPages, files, mailer, clock } = options;
  const open = (): Promise<Adapters> =>
    openAdapters(config, {
      ...(maxPages && {
        store: createSqliteStore({ path: join(dataDir, 'full.sqlite'), maxPages }),
      }),
      ...(files && { files }),
      ...(mailer && { mailer }),
      ...(clock && { clock }),
    });
  const server = createJamzServer(config, open, options);
  await server.start();
  const base = server.urls().local;

  async function ask<Json = TestJson>(
    path: string,
    request: TestRequest = {},
  ): Promise<TestAnswer<Json>> {
    const { method = request.body === undefined ? 'GET' : 'POST', token, body, headers } = request;
    const response = await fetch(base + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    const json = (isJson && text !== '' ? JSON.parse(text) : {}) as Json;
    return { status: response.status, headers: response.headers, json };
  }

  return {
    base,
    config,
    ask,
    async guest(name, site = 'pk_demo') {
      const { json } = await ask('/v1/auth/guest', { body: { site, name, via: 'body' } });
      return { userId: json.user.id, token: json.accessToken, refreshToken: json.refreshToken };
    },
    async addSite(site) {
      const { sites, close } = await openSites(config);
      return (await sites.add(site).finally(close)).secret;
    },
    async secretOf(key) {
      const { sites, close } = await openSites(config);
      return (await sites.rotate(key).finally(close)).secret;
    },
    tidy: server.tidy,
    async audit(siteKey) {
      const { sites, audit, close } = await openSites(config);
      const site = (await sites.list()).find(({ key }) => key === siteKey);
      return audit.list(site ? { siteId: site.siteId } : {}, 1_000).finally(close);
    },
    async close() {
      await server.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** The part of a problem that tests compare. */
export function problem({ status, json, headers }: TestAnswer<Pick<TestJson, 'code'>>): {
  status: number;
  code: string;
  type: string | null;
} {
  return { status, code: json.code, type: headers.get('content-type') };
}

/** What {@link problem} must say. */
export function expected(status: number, code: string): ReturnType<typeof problem> {
  return { status, code, type: 'application/problem+json' };
}

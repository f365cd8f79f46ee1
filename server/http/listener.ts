import { readFile } from 'node:fs/promises';
import http, { type RequestListener, type Server } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Config } from '../config/config.ts';
import { StartError } from '../config/config.ts';
import { type Certificate, selfSignedCertificate } from './self-signed.ts';

/** An open port. */
export interface Listener {
  readonly server: Server;
  readonly port: number;
  /** Takes nothing new, lets what is under way finish, and cuts what is still there after `patienceMs`. */
  close(patienceMs: number): Promise<void>;
}

/** A phone on a bad road may take this long for one part of an upload. */
const requestTimeoutMs = 1_800_000;
/** Longer than the proxies in front wait, so that it is they who close. */
const keepAliveTimeoutMs = 65_000;

/** Makes the server that the app and the sockets hang on; it does not listen yet. @throws {StartError} */
export async function makeHttpServer(
  config: Config,
  app: RequestListener,
  addresses: readonly string[],
  nowMs: number,
): Promise<Server> {
  const certificate = await certificateOf(config, addresses, nowMs);
  const server = certificate ? https.createServer({ ...certificate }, app) : http.createServer(app);
  server.requestTimeout = requestTimeoutMs;
  server.keepAliveTimeout = keepAliveTimeoutMs;
  return server;
}

/** @throws {StartError} naming what is in the way */
export async function listen(server: Server, { host, port }: Config): Promise<Listener> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const refuse = (error: NodeJS.ErrnoException): void => reject(startErrorOf(error, host, port));
  server.once('error', refuse);
  server.listen(port, host, resolve);
  await promise;
  server.off('error', refuse);
  return {
    server,
    port: portOf(server.address()),
    async close(patienceMs) {
      const closed = new Promise<void>((done) => {
        server.close(() => done());
      });
      server.closeIdleConnections();
      const impatient = setTimeout(() => server.closeAllConnections(), patienceMs);
      await closed;
      clearTimeout(impatient);
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address === 'object' && address !== null) return address.port;
  throw new Error('A server that listens has a port');
}

async function certificateOf(
  { tls, dataDir }: Config,
  addresses: readonly string[],
  nowMs: number,
): Promise<Certificate | undefined> {
  switch (tls.kind) {
    case 'none':
      return undefined;
    case 'self-signed':
      return selfSignedCertificate(dataDir, addresses, nowMs);
    case 'files': {
      const cert = await pem('TLS_CERT', tls.certPath);
      return { cert, key: await pem('TLS_KEY', tls.keyPath) };
    }
  }
}

async function pem(name: string, path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new StartError(`${name} ${path} cannot be read: check the path and its permissions`, {
      cause,
    });
  });
  if (text.includes('-----BEGIN ')) return text;
  throw new StartError(`${name} ${path} is not a PEM file: it must begin with "-----BEGIN"`);
}

function startErrorOf(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const cause = { cause: error };
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(
        `PORT ${port} on ${host} is in use: stop what listens there, or choose another with PORT or --port`,
        cause,
      );
    case 'EACCES':
      return new StartError(
        `PORT ${port} may not be listened on by this user: choose one above 1023`,
        cause,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`HOST ${host} is not an address of this machine`, cause);
    default:
      return error;
  }
}

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type ErrorRequestHandler } from 'express';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { UploadStore } from '../adapters/files/upload-store.ts';
import { createIngest } from '../music/ingest.ts';
import type { Inspect } from '../music/inspector.ts';
import { createIntake } from '../music/intake.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files } from '../ports/files.ts';
import type { FileRecord, FileStore } from '../ports/store.ts';
import { addressKeyOf, fileRoutes } from './files-routes.ts';

/** A file store in memory, for tests of what is built on one. */
export function memoryFileStore(): FileStore & { readonly all: Map<string, FileRecord> } {
  const all = new Map<string, FileRecord>();
  return {
    all,
    get: async (fileId) => all.get(fileId),
    bySha256: async (groupId, sha256) =>
      [...all.values()].find((file) => file.groupId === groupId && file.sha256 === sha256),
    put: async (file) => void all.set(file.fileId, file),
    async usageOf(userId) {
      const own = [...all.values()].filter(({ uploadedBy }) => uploadedBy === userId);
      return { files: own.length, bytes: own.reduce((sum, { bytes }) => sum + bytes, 0) };
    },
    page: async (after, limit) =>
      [...all.values()]
        .filter(({ fileId }) => fileId > (after ?? ''))
        .sort((one, two) => (one.fileId < two.fileId ? -1 : 1))
        .slice(0, limit),
  };
}

/** The file routes on a port of their own; `bearer` is the user's id, group `crew` has `ana` and `bo`; `bo` only listens. */
export interface FileServer {
  readonly base: string;
  readonly records: ReturnType<typeof memoryFileStore>;
  nowMs: number;
  /** A new process over the same disk. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface FileServerOptions {
  readonly inspect: Inspect;
  /** Adapters over a directory of the test's own. */
  readonly adapters: (directory: string, clock: Clock) => { files: Files } & UploadStore;
}

export async function fileServer({ inspect, adapters }: FileServerOptions): Promise<FileServer> {
  const directory = await mkdtemp(join(tmpdir(), 'jamz-file-routes-'));
  const records = memoryFileStore();
  const clock = { nowMs: () => server.nowMs };

  const listen = async (): Promise<() => Promise<void>> => {
    const { files, arrivals, uploads } = adapters(directory, clock);
    const intake = createIntake({
      arrivals,
      ingest: createIngest({ files, records, inspect, clock, admit: async () => {} }),
      files,
      records,
      clock,
      sleep: () => new Promise(() => {}),
      report: (error) => {
        throw error;
      },
    });
    const routes = fileRoutes({
      files,
      records,
      uploads,
      intake,
      clock,
      random: Math.random,
      addressKey: addressKeyOf('a secret of this test'),
      identify: async (req) => {
        const userId = req.get('authorization')?.slice('Bearer '.length);
        if (!userId) throw new JamzError('unauthenticated', 'no token');
        const name = userId;
        return {
          userId,
          name,
          siteId: 's',
          guest: false,
          siteAdmin: false,
          familyId: 'f',
          expiresAtMs: 0,
        };
      },
      authorise: async ({ userId }, groupId, _row, action) => {
        const may =
          groupId === 'crew' && (userId === 'ana' || (userId === 'bo' && action === 'listen'));
        if (!may) throw new JamzError('forbidden', `${userId} may not ${action} in ${groupId}`);
      },
    });
    const http = express().use('/v1', routes, asProblem).listen(0, '127.0.0.1');
    await once(http, 'listening');
    server.base = `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1/files`;
    return async () => {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    };
  };

  let stop: () => Promise<void>;
  const server = {
    base: '',
    records,
    nowMs: Date.now(),
    async restart() {
      await stop();
      stop = await listen();
    },
    async close() {
      await stop();
      await rm(directory, { recursive: true });
    },
  };
  stop = await listen();
  return server;
}

const asProblem: ErrorRequestHandler = (error, _req, res, _next) => {
  const known = error instanceof JamzError;
  res.removeHeader('content-type');
  res.status(known ? 400 : 500).json({
    code: known ? error.code : 'internal',
    detail: String(error.message),
    ...(known && error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
  });
};

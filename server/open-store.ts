import { randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Scope } from '../sdk/protocol/ids.ts';
import { nodeCodec } from './adapters/codec/node.ts';
import { publicPartOf } from './adapters/store/mongo/address.ts';
import { createSqliteStore } from './adapters/store/sqlite/create-sqlite-store.ts';
import { DataDirInUseError } from './adapters/store/sqlite/directory-lock.ts';
import type { Moved, MoveProgress } from './adapters/store/sqlite-to-mongo/move-store.ts';
import { type Config, StartError } from './config/config.ts';
import { seriesFile } from './open-time-series.ts';
import type { Store } from './ports/store.ts';
import type { TimeSeries } from './ports/time-series.ts';
import { comesToTheSame } from './sync/compare-logs.ts';

export interface StoreMove {
  move(how: {
    readonly dryRun: boolean;
    readonly tell: (progress: MoveProgress) => void;
  }): Promise<Moved>;
  close(): Promise<void>;
}

/** What the store is, in words; `hint` is what a person had better know of it. @throws {StartError} */
export async function describeStore({
  dataDir,
  mongodbUri,
}: Config): Promise<{ readonly name: string; readonly hint: string | undefined }> {
  if (mongodbUri === undefined) return { name: `SQLite in ${dataDir}`, hint: undefined };
  const { examineMongo } = await import('./adapters/store/mongo/examine.ts');
  const { version, kind } = await examineMongo(mongodbUri);
  const name = `MongoDB ${version} (${kind}) at ${publicPartOf(mongodbUri)}`;
  if (existsSync(databasePathIn(dataDir))) {
    const hint = `${dataDir} has a SQLite store, which is not used: "migrate" moves it to MongoDB`;
    return { name, hint };
  }
  const hint = 'a single server is as safe as its one disk: run a replica set of three';
  return { name, hint: kind === 'single server' ? hint : undefined };
}

/**
 * A move of what SQLite keeps in a folder to MongoDB, each log folded at both ends, and of the time series beside it.
 *
 * @param openSeries where those go, as a server would have it
 * @throws {StartError}
 */
export async function openStoreMove(
  dataDir: string,
  uri: string,
  openSeries: () => Promise<TimeSeries>,
): Promise<StoreMove> {
  const path = databasePathIn(dataDir);
  if (!existsSync(path)) throw new StartError(`There is no SQLite store in ${dataDir}`);
  const { openMove } = await import('./adapters/store/sqlite-to-mongo/open-move.ts');
  const { moveStore } = await import('./adapters/store/sqlite-to-mongo/move-store.ts');
  const { seriesMover } = await import('./adapters/store/sqlite-to-mongo/series-mover.ts');
  try {
    const ends = await openMove(path, uri, () => randomUUID());
    const sameState = (scope: Scope) => comesToTheSame(ends.from, ends.to, nodeCodec, scope);
    return {
      move: ({ tell, dryRun }) =>
        moveStore(
          ends,
          sameState,
          seriesMover(join(dataDir, seriesFile), ends, openSeries),
          tell,
          dryRun,
        ),
      close: ends.close,
    };
  } catch (cause) {
    throw cause instanceof DataDirInUseError
      ? new StartError(cause.message, { cause })
      : mongoProblem(uri, cause);
  }
}

/** The store that the configuration chooses. @param beside true for a command that works beside a running server */
export async function openStore(config: Config, beside: boolean): Promise<Store> {
  const { dataDir, mongodbUri, redisUrl } = config;
  if (mongodbUri !== undefined) return openMongo(mongodbUri);
  if (beside) return openSqlite(dataDir, 'beside');
  return openSqlite(dataDir, redisUrl === undefined ? 'alone' : 'shared');
}

async function openMongo(uri: string): Promise<Store> {
  const { createMongoStore } = await import('./adapters/store/mongo/create-mongo-store.ts');
  try {
    return await createMongoStore({ uri });
  } catch (cause) {
    throw mongoProblem(uri, cause);
  }
}

function mongoProblem(uri: string, cause: unknown): StartError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const advice = 'start the database, or correct the address';
  const message = `MONGODB_URI ${publicPartOf(uri)} cannot be used (${reason}): ${advice}`;
  return new StartError(message, { cause });
}

/** @throws {StartError} */
export function openSqlite(dataDir: string, use: 'alone' | 'shared' | 'beside'): Store {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
    return createSqliteStore({ path: databasePathIn(dataDir), use });
  } catch (cause) {
    if (cause instanceof DataDirInUseError) throw new StartError(cause.message, { cause });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(
      `DATA_DIR ${dataDir} cannot be used (${reason}): choose a folder that this user may write`,
      { cause },
    );
  }
}

function databasePathIn(dataDir: string): string {
  return join(dataDir, 'trafficjamz.sqlite');
}

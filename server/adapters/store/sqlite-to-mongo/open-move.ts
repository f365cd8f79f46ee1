import type { DatabaseSync } from 'node:sqlite';
import type { Collection, Document } from 'mongodb';
import type { Store } from '../../../ports/store.ts';
import { connect } from '../mongo/connection.ts';
import { createMongoStore } from '../mongo/create-mongo-store.ts';
import { collectionNames, collectionsOf, type Documents } from '../mongo/documents.ts';
import { createGate } from '../mongo/gate.ts';
import { createParts, type Parts } from '../mongo/parts.ts';
import { createSqliteStore } from '../sqlite/create-sqlite-store.ts';
import { openDatabase } from '../sqlite/database.ts';

/** How far a move has come, as the target notes it. */
export interface MoveNote {
  _id: 'sqlite';
  /** The installation that is moved. */
  source: string;
  state: 'moving' | 'done';
  /** The last scope that was copied, in the order of names. */
  afterScope: string;
}

/** How far the time series have come; they lie in a file of their own. */
export interface SeriesNote {
  _id: 'series';
  /** The installation that is moved. */
  source: string;
  set: number;
  atMs: number;
  state: 'moving' | 'done';
}

/** Both ends of a move, and nobody else at the source. */
export interface Move {
  readonly from: Store;
  readonly to: Store;
  readonly rows: DatabaseSync;
  collection(name: keyof Documents): Collection<Document>;
  readonly parts: Parts;
  readonly notes: Collection<MoveNote>;
  readonly seriesNotes: Collection<SeriesNote>;
  /** Which installation the source is. */
  readonly source: string;
  close(): Promise<void>;
}

/**
 * @throws {DataDirInUseError} when a server runs on the source
 * @throws {Error} when nobody answers at the target
 */
export async function openMove(path: string, uri: string, newId: () => string): Promise<Move> {
  const from = createSqliteStore({ path });
  const closers: (() => Promise<void> | void)[] = [() => from.close()];
  const close = async (): Promise<void> => {
    for (const closer of closers) await closer();
  };
  try {
    const rows = openDatabase({ path });
    closers.unshift(() => rows.close());
    const to = await createMongoStore({ uri, moving: true });
    closers.unshift(() => to.close());
    const connection = await connect(uri);
    const { database } = connection;
    closers.unshift(connection.close);
    const source = await from.meta.putIfAbsent('installation', newId());
    const notes = database.collection<MoveNote>('moves');
    const seriesNotes = database.collection<SeriesNote>('moves');
    const collection: Move['collection'] = (name) => database.collection(name);
    const parts = createParts(collectionsOf(database), createGate(connection));
    return { from, to, rows, collection, parts, notes, seriesNotes, source, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Names of collections that have anything in them. */
export async function occupied({ collection }: Pick<Move, 'collection'>): Promise<string[]> {
  const counts = await Promise.all(
    collectionNames.map((name) => collection(name).countDocuments({}, { limit: 1 })),
  );
  return collectionNames.filter((_, index) => (counts[index] ?? 0) > 0);
}

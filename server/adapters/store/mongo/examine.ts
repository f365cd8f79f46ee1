import { connect } from './connection.ts';

/** What there is to know of a database before anybody's data depends on it. */
export interface MongoFacts {
  /** As `8.0.4`; empty where the server does not say. */
  readonly version: string;
  readonly kind: 'replica set' | 'sharded cluster' | 'single server';
}

/** @throws {Error} when nobody answers at the address within some seconds */
export async function examineMongo(uri: string): Promise<MongoFacts> {
  const { database, kind, close } = await connect(uri);
  try {
    const { version } = await database.command({ buildInfo: 1 });
    return { version: typeof version === 'string' ? version : '', kind: kind() };
  } finally {
    await close();
  }
}

import { createSqliteStore } from '../adapters/store/sqlite/create-sqlite-store.ts';
import { actor, createSyncBench, makeGroup, road, testReplica } from './sync-fixture.ts';

/**
 * A process that pushes op after op until it is killed, and prints the number of each as soon as it is acknowledged.
 * Arguments: the database's path, and which life this is.
 */
const [path = '', life = '0'] = process.argv.slice(2);
const bench = createSyncBench(createSqliteStore({ path }));
if ((await bench.logs.viewOf(road)).seq === 0) await makeGroup(bench);

const replica = testReplica('ana', { replicaId: `life-${life}` });
const pushOne = async (): Promise<void> => {
  const op = replica.op('places.save', {
    placeId: `${life}-${crypto.randomUUID()}`,
    name: 'Here',
    lat: 1,
    lng: 1,
  });
  const { applied } = await bench.logs.push(actor('ana'), replica.push(op));
  if (applied.length !== 1) throw new Error('refused');
  process.stdout.write(`${op.number}\n`);
};
for (;;) await Promise.all([pushOne(), pushOne(), pushOne()]);

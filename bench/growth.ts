import { parseArgs } from 'node:util';
import { foldVersion } from '../sdk/merge/fold.ts';
import { decodeSnapshot, encodeSnapshot } from '../sdk/merge/snapshot.ts';
import { nodeCodec } from '../server/adapters/codec/node.ts';
import { createChurn } from '../server/sync/churn-fixture.ts';
import { createHousekeeping } from '../server/sync/housekeeping.ts';
import { createSyncBench, groupState, makeGroup, road } from '../server/sync/sync-fixture.ts';

/**
 * What a long history costs a replica: `node bench/growth.ts --ops 1000000`. A group's tracks, reactions, places and
 * messages come and go, at 5,000 ops a simulated day and with what a server keeps by default; its content stays as
 * much as it is. Prints, after 1,000 ops and then ten times as many each, what a replica loads that joins.
 */
const { values } = parseArgs({ options: { ops: { type: 'string', default: '100000' } } });
const mostOps = Number(values.ops);

const bench = createSyncBench();
await makeGroup(bench);
const bugs: unknown[] = [];
const housekeeping = createHousekeeping({
  ...bench,
  codec: nodeCodec,
  afterTurn: setImmediate,
  onBug: (error) => void bugs.push(error),
});
const churn = createChurn(bench);
process.stdout.write(
  'ops in history | snapshot, bytes | as JSON | decode, ms | ops kept in the log\n',
);
for (let done = 0, next = 1_000; next <= mostOps; next *= 10) {
  await churn.live(next - done);
  done = next;
  await housekeeping.tidy(road);
  const json = JSON.stringify(encodeSnapshot(await groupState(bench)));
  const bytes = await nodeCodec.deflate(json);
  const decodeMs = Array.from({ length: 9 }, () => {
    const startMs = performance.now();
    decodeSnapshot(road, JSON.parse(json));
    return performance.now() - startMs;
  }).sort((a, b) => a - b)[4];
  const head = await bench.store.log.head(road);
  const kept = (head?.seq ?? 0) - (head?.firstSeq ?? 1) + 1;
  const row = [done, bytes.byteLength, json.length, decodeMs?.toFixed(2), kept];
  process.stdout.write(`${row.join(' | ')}\n`);
}
await housekeeping.close();
if (bugs.length > 0) throw new AggregateError(bugs, `Version ${foldVersion} of the fold failed`);

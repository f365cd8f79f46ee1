import * as v from 'valibot';
import type { ReplicaReport } from '../ports/figures.ts';

/** More in one report than a phone does in five minutes is no report. */
const maxCount = 100_000;
const maxLatencies = 50;
const maxLatencyMs = 600_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maxCount));

/** What no phone would send is no report. */
export const replicaReport: v.GenericSchema<unknown, ReplicaReport> = v.strictObject({
  site: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
  acked: count,
  refused: count,
  retries: count,
  cacheHits: count,
  cacheMisses: count,
  conflicts: count,
  outboxLength: count,
  syncLatenciesMs: v.pipe(
    v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(maxLatencyMs))),
    v.maxLength(maxLatencies),
  ),
});

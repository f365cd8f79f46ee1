import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { keptApart } from './adapters/time-series/kept-apart.ts';
import { sqliteSeries } from './adapters/time-series/sqlite/sqlite-series.ts';
import type { Config } from './config/config.ts';
import { StartError } from './config/config.ts';
import type { TimeSeries } from './ports/time-series.ts';

/**
 * The time series that the configuration chooses: InfluxDB, which need not be there now; else MongoDB, where that is the
 * store; else a file in the data folder.
 *
 * @throws {StartError} where the place that must be there is not
 */
export async function openTimeSeries(config: Config): Promise<TimeSeries> {
  const beside = await openOwn(config);
  if (config.influx === undefined) return beside;
  const { influxSeries } = await import('./adapters/time-series/influx/influx-series.ts');
  return keptApart(influxSeries(config.influx), beside);
}

/** In the data folder. */
export const seriesFile = 'time-series.sqlite';

async function openOwn({ dataDir, mongodbUri }: Config): Promise<TimeSeries> {
  try {
    if (mongodbUri !== undefined) {
      const { mongoSeries } = await import('./adapters/time-series/mongo/mongo-series.ts');
      return await mongoSeries({ uri: mongodbUri });
    }
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return sqliteSeries({ path: join(dataDir, seriesFile) });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartError(`The time series cannot be opened (${reason})`, { cause });
  }
}

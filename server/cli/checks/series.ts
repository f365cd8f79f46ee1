import type { Config } from '../../config/config.ts';
import { openTimeSeries } from '../../open-time-series.ts';
import { type Check, type Finding, messageOf } from './finding.ts';

/** What keeps time series, and whether it can forget. */
export const checkSeries: Check = async (config) => [await seriesFinding(config)];

async function seriesFinding(config: Config): Promise<Finding> {
  const check = config.influx === undefined ? 'Time series' : 'INFLUX_URL';
  try {
    const series = await openTimeSeries(config);
    const { name, hint } = await series.describe().finally(() => series.close());
    if (hint === undefined) return { check, result: 'ok', message: `${name} answers` };
    return { check, result: 'note', message: `${name} answers; ${hint}` };
  } catch (error) {
    return { check, result: 'failed', message: messageOf(error) };
  }
}

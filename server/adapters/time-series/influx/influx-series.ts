import { JamzError } from '../../../../sdk/protocol/errors.ts';
import type { TimeSeries } from '../../../ports/time-series.ts';
import { type InfluxAddress, influxHttp } from './influx-http.ts';
import { deleteOf, pointsOf, selectOf } from './influx-ql.ts';
import { linesOf } from './line-protocol.ts';

/**
 * Time series in InfluxDB, by what versions 1, 2 and 3 have in common: line protocol at `/write`, InfluxQL at `/query`.
 * Version 2 needs a mapping of the database to a bucket. Version 3 deletes nothing: {@link TimeSeries.describe} says so
 * of whatever cannot, by trying.
 *
 * @param ask for tests
 */
export function influxSeries(address: InfluxAddress, ask?: typeof fetch): TimeSeries {
  const http = influxHttp(address, ask);

  /** Asked of the database itself: what is not there is deleted, or it says that it cannot. */
  const canForget = async (): Promise<boolean> => {
    try {
      await http.query(deleteOf({ series: 'gaps', tags: { of: 'none' } }));
      return true;
    } catch (error) {
      if (!(error instanceof JamzError)) throw error;
      if (error.code !== 'forbidden' && error.code !== 'invalid') throw error;
      return false;
    }
  };

  return {
    async write(points) {
      if (points.length > 0) await http.write(linesOf(points));
    },
    async read(query) {
      if (Object.values(query.tags).some((wanted) => wanted.length === 0)) return [];
      return pointsOf(await http.query(selectOf(query)), query);
    },
    async forget(what) {
      await http.query(deleteOf(what));
    },
    // It has retention of its own.
    async tidy() {},
    async describe() {
      const version = await http.version();
      const canDelete = await canForget();
      const name = `InfluxDB ${version} at ${publicPartOf(address.url)}`;
      if (canDelete) return { name, canForget: true };
      const hint =
        'this InfluxDB deletes nothing, so position history is kept with everything else';
      return { name, hint, canForget: false };
    },
    async close() {
      http.close();
    },
  };
}

/** Without what may be secret in it. */
function publicPartOf(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

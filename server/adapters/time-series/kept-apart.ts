import type { SeriesName, TimeSeries } from '../../ports/time-series.ts';

/**
 * Time series in a database that may be unable to take anything away: then positions are kept in the one beside it. Which
 * it is its first answer says; until then positions wait, as while it is away.
 *
 * What is forgotten is forgotten in both: positions may lie in the second from a time before there was a first.
 *
 * @param main as InfluxDB
 * @param beside what would be used without it
 */
export function keptApart(main: TimeSeries, beside: TimeSeries): TimeSeries {
  let placeForPositions: Promise<TimeSeries> | undefined;

  const placeOf = (series: SeriesName): TimeSeries | Promise<TimeSeries> => {
    if (series !== 'positions') return main;
    if (!placeForPositions) {
      const deciding = main.describe().then(({ canForget }) => (canForget ? main : beside));
      placeForPositions = deciding;
      // What did not answer is asked again.
      deciding.catch(() => {
        placeForPositions = undefined;
      });
    }
    return placeForPositions;
  };

  return {
    async write(points) {
      for (const [name, own] of Map.groupBy(points, ({ series }) => series)) {
        const place = await placeOf(name);
        await place.write(own);
      }
    },
    async read(query) {
      const place = await placeOf(query.series);
      return place.read(query);
    },
    async forget(what) {
      await beside.forget(what);
      const place = await placeOf(what.series);
      if (place === beside) return;
      const { canForget } =
        what.series === 'positions' ? { canForget: true } : await main.describe();
      if (canForget) await main.forget(what);
    },
    async tidy(nowMs) {
      await beside.tidy(nowMs);
      await main.tidy(nowMs);
    },
    async describe() {
      const { name, hint, canForget } = await main.describe();
      if (canForget) return { name, canForget, ...(hint === undefined ? {} : { hint }) };
      const { name: other } = await beside.describe();
      return { name, hint: `${hint ?? name}: in ${other}`, canForget: true };
    },
    async close() {
      await Promise.all([main.close(), beside.close()]);
    },
  };
}

import { type SeriesName, seriesNames, type TimeSeries } from '../ports/time-series.ts';
import type { HistoryChoices } from './history-choices.ts';

const dayMs = 24 * 3_600_000;
/** Sums and figures of nobody are good for comparing seasons. */
const figuresDays = 400;

/**
 * Forgets what is older than anybody wants it kept: positions by installation, site and person, figures after a year.
 * A wish that the database does not hear now it hears the next hour.
 */
export async function forgetOld({
  series,
  choices,
  nowMs,
  maxDays,
}: {
  readonly series: Pick<TimeSeries, 'forget'>;
  readonly choices: Pick<HistoryChoices, 'exceptions'>;
  readonly nowMs: number;
  readonly maxDays: number;
}): Promise<void> {
  const before = (days: number): number => nowMs - days * dayMs;
  for (const name of seriesNames) {
    await series.forget({ series: name, tags: {}, beforeMs: before(daysFor(name, maxDays)) });
  }
  for await (const exception of choices.exceptions()) {
    if (exception.kind === 'site') {
      const tags = { site: exception.siteId };
      await series.forget({ series: 'positions', tags, beforeMs: before(exception.days) });
      continue;
    }
    const { userId, choice } = exception;
    const beforeMs = Math.max(choice.forgottenMs, before(choice.keepDays ?? maxDays));
    await series.forget({ series: 'positions', tags: { member: userId }, beforeMs });
  }
}

function daysFor(name: SeriesName, maxDays: number): number {
  return name === 'positions' ? maxDays : figuresDays;
}

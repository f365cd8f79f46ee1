import { html, type TemplateResult } from 'lit';
import type { Inspected } from '../../sdk/index.ts';
import type { FigureName, InspectorWords } from './words.ts';

/** The figures of `jamz.metrics()`, and what is known of the clock and the link. */
export function figureList(
  { status, metrics, clockUncertaintyMs }: Inspected,
  words: InspectorWords,
): TemplateResult {
  const ms = (value: number | null): string =>
    value === null ? words.unknown : words.ms(Math.round(value));
  const offset = ms(status.clockOffsetMs);
  const doubt =
    clockUncertaintyMs === null ? '' : ` ±${Math.max(1, Math.round(clockUncertaintyMs))}`;
  const rows: readonly (readonly [FigureName, string])[] = [
    ['clock', `${offset}${doubt}`],
    ['roundTrip', ms(status.roundTripMs)],
    ['success', words.percent(metrics.syncSuccessRate)],
    ['retries', String(Math.round(metrics.retriesBeforeSuccess * 100) / 100)],
    ['cache', words.percent(metrics.cacheHitRate)],
    ['latency', ms(metrics.syncLatencyMs)],
    ['conflicts', words.percent(metrics.conflictRate)],
    ['storage', status.storage],
  ];
  return html`<section part="figures">
    <h3>${words.figures}</h3>
    <dl class="tabular">
      ${rows.map(
        ([name, value]) => html`<div><dt>${words.figure[name]}</dt><dd>${value}</dd></div>`,
      )}
    </dl>
  </section>`;
}

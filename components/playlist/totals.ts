/** Sum of the known lengths, ms. */
export function totalMs(items: readonly { readonly durationMs?: number }[]): number {
  return items.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
}

/** `48 min`, `1 hr 12 min`, `500 hr`; rounded up, so that something is never nothing. From ten hours on minutes say nothing. */
export function longTime(ms: number, locale: string): string {
  const minutes = Math.ceil(ms / 60_000);
  const unit = (value: number, name: 'hour' | 'minute'): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(
      value,
    );
  if (minutes < 60) return unit(minutes, 'minute');
  const rest = minutes % 60;
  if (rest === 0 || minutes >= 600) return unit(Math.round(minutes / 60), 'hour');
  return `${unit(Math.floor(minutes / 60), 'hour')} ${unit(rest, 'minute')}`;
}

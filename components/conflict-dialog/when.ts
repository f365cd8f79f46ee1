const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago, as people say it: `3 minutes ago`, `now`. */
export function whenText(atMs: number, nowMs: number, locale: string): string {
  const agoMs = Math.max(0, nowMs - atMs);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const step = steps.find(([, ms]) => agoMs >= ms);
  return step ? format.format(-Math.floor(agoMs / step[1]), step[0]) : format.format(0, 'second');
}

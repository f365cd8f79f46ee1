const hourMs = 3_600_000;

/** `in 6 days`, `in 3 hours`, `in 40 minutes`: rounded to what a person plans with. */
export function expiryText(leftMs: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language);
  const left = Math.max(0, leftMs);
  if (left >= 47.5 * hourMs) return format.format(Math.round(left / (24 * hourMs)), 'day');
  if (left >= 0.95 * hourMs) return format.format(Math.round(left / hourMs), 'hour');
  return format.format(Math.max(1, Math.round(left / 60_000)), 'minute');
}

/** Megabytes with one digit, from 10 MB on without: `3.4 MB`, `48 MB`; small files in kB. */
export function fileSize(bytes: number, locale: string): string {
  const unit = bytes < 1_000_000 ? 'kilobyte' : 'megabyte';
  const figure = bytes / (unit === 'kilobyte' ? 1_000 : 1_000_000);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    maximumFractionDigits: figure < 10 && unit === 'megabyte' ? 1 : 0,
  }).format(figure);
}

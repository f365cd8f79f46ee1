/** Hebrew, Arabic and their neighbours, presentation forms included. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * The same words, which keep a name, a title or a place that is written from right to left in its own direction
 * (Unicode TR9, isolates): else it would turn the figures and the marks beside it around. Latin names in Arabic
 * sentences are kept there, where it is known what is a name (`ar/isolated.ts`).
 */
export function isolateNames<Words extends object>(words: Words): Words {
  const entries = Object.entries(words).map(([key, said]) => [key, isolating(said)]);
  // Cast: each has the type that it had.
  return Object.fromEntries(entries) as Words;
}

function isolating(said: unknown): unknown {
  if (Array.isArray(said)) return said;
  if (typeof said === 'object' && said !== null) return isolateNames(said);
  if (typeof said !== 'function') return said;
  return (...args: readonly unknown[]): unknown => said(...args.map(isolated));
}

function isolated(arg: unknown): unknown {
  return typeof arg === 'string' && rightToLeft.test(arg) ? `\u2068${arg}\u2069` : arg;
}

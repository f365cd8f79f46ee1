/**
 * Somebody's own text inside an Arabic sentence, kept in its own direction (Unicode TR9,
 * isolates): a Latin title must not turn the words around it.
 */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

/**
 * A page's origin as browsers write it, from what a person typed.
 *
 * @returns `*` for any page; undefined for what is no origin of a web page
 */
export function parseOrigin(typed: string): string | undefined {
  const text = typed.trim();
  if (text === '*') return text;
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  return url.origin === text.replace(/\/$/, '').toLowerCase() ? url.origin : undefined;
}

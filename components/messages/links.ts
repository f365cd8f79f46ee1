/** A stretch of a message: plain, or an address to open. */
export type Piece = string | { readonly href: string; readonly text: string };

/**
 * Finds the web addresses in what somebody wrote. Only `http` and `https`, written out; an
 * address that carries a user name is left as text, since it shows one host and opens another.
 */
export function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const { 0: match, index } of text.matchAll(/https?:\/\/[^\s<>"“”«»]+/giu)) {
    const shown = withoutPunctuation(match);
    const href = address(shown);
    if (href === undefined) continue;
    if (index > at) found.push(text.slice(at, index));
    found.push({ href, text: shown });
    at = index + shown.length;
  }
  if (at < text.length) found.push(text.slice(at));
  return found;
}

/** The full stop behind an address belongs to the sentence; so does a bracket that was opened before it. */
function withoutPunctuation(match: string): string {
  let shown = match;
  for (;;) {
    const last = shown.at(-1) ?? '';
    const unopened = last === ')' && !shown.includes('(');
    if (!unopened && !/[.,;:!?'’…\]}]/u.test(last)) return shown;
    shown = shown.slice(0, -1);
  }
}

function address(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, password, href } = new URL(text);
  const web = protocol === 'https:' || protocol === 'http:';
  return web && username === '' && password === '' ? href : undefined;
}

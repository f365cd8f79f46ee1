/**
 * The whole sentences at the start of an answer that is still coming, to be read out as
 * they are complete; the rest waits. Marks of Markdown are left out.
 */
export function wholeSentences(markdown: string, over: boolean): string {
  const end = over ? markdown.length : endOfLast(markdown);
  return plain(markdown.slice(0, end));
}

/** Behind the last full stop that a space or a line follows, or the last line that ended. */
function endOfLast(text: string): number {
  let end = 0;
  for (const { index, 0: found } of text.matchAll(/[.!?…。؟](?=\s)|\n/gu))
    end = index + found.length;
  return end;
}

function plain(markdown: string): string {
  return markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replaceAll(/^\s*(?:#{1,6}|>|[-*+]|\d+\.)\s+/gmu, '')
    .replaceAll(/[*_`~]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

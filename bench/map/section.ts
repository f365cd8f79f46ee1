import { readFileSync, writeFileSync } from 'node:fs';

/** One part of the figures, as `docs/positions.md` has it. */
export interface Section {
  readonly name: 'drives' | 'privacy' | 'upload' | 'fan-out' | 'frames' | 'trip';
  /** Markdown. */
  readonly text: string;
  /** What was aimed at and not reached. */
  readonly missed: readonly string[];
}

const page = new URL('../../docs/positions.md', import.meta.url);

/** Puts a section between its marks in the page. */
export function writeSection({ name, text }: Section): void {
  const before = readFileSync(page, 'utf8');
  const begin = `<!-- ${name}: written by npm run bench:map -- --${name} --write -->`;
  const end = `<!-- end of ${name} -->`;
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/positions.md has no marks for ${name}.`);
  const head = before.slice(0, from + begin.length);
  writeFileSync(page, `${head}\n\n${text}\n\n${before.slice(to)}`);
}

/** One line for each thing aimed at. */
export function aimed(checks: readonly (readonly [isMet: boolean, text: string])[]): {
  readonly lines: string;
  readonly missed: readonly string[];
} {
  const lines = checks.map(([isMet, text]) => `- ${isMet ? 'met' : '**missed**'}: ${text}`);
  const missed = checks.flatMap(([isMet, text]) => (isMet ? [] : [text]));
  return { lines: lines.join('\n'), missed };
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

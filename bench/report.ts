import { readFileSync, writeFileSync } from 'node:fs';
import type { Figure } from './figures.ts';
import { isMissed, shown } from './figures.ts';
import type { PeerTable } from './peers.ts';

interface Marks {
  readonly begin: string;
  readonly end: string;
}

const benchMarks: Marks = {
  begin: '<!-- written by npm run bench -- --write; everything up to the end mark is replaced -->',
  end: '<!-- end of what the bench wrote -->',
};
const loadMarks: Marks = {
  begin:
    '<!-- written by npm run bench:load -- --write; everything up to the end mark is replaced -->',
  end: '<!-- end of what the load bench wrote -->',
};

/** When and where figures were taken. */
export interface Run {
  readonly date: string;
  readonly machine: string;
  readonly times: number;
}

/** Puts the bench's figures into a page, between its marks. @throws {Error} where the page has none */
export function writeReport(
  file: string,
  run: Run,
  figures: readonly Figure[],
  peers: PeerTable | undefined,
): void {
  const parts = [aboutRun(run), figuresTable(figures)];
  if (peers) {
    parts.push(
      `Other public systems at the same work. Ratios are to the bare relay of the same run; theirs are of a run of their own (${peers.when}), so small differences mean nothing. Most of them keep nothing on disk when they acknowledge; ours is durable. Sizes are of a client with a store on the device where there is one, minified and gzipped by the same bundler; ours is the whole SDK, sound and positions included.`,
      table(
        ['', ...peers.columns],
        peers.rows.map(({ name, cells }) => [name, ...cells]),
      ),
    );
  }
  writeBetween(file, benchMarks, parts);
}

/** Some figures, with what they are of. */
export interface LoadTable {
  readonly title: string;
  readonly figures: readonly Figure[];
}

/** Puts the load's figures into a page, between their marks. @throws {Error} where the page has none */
export function writeLoad(
  file: string,
  run: Run,
  what: string,
  tables: readonly LoadTable[],
): void {
  const parts = tables.flatMap(({ title, figures }) => [title, figuresTable(figures)]);
  writeBetween(file, loadMarks, [`${what}. ${aboutRun(run)}`, ...parts]);
}

function aboutRun({ date, times, machine }: Run): string {
  const turns = times === 1 ? 'one turn' : `${times} turns each`;
  return `One run of ${date}, ${turns}, medians; ${machine}.`;
}

function figuresTable(figures: readonly Figure[]): string {
  return table(['figure', 'floor', 'ours', 'ratio', 'aim', 'met'], figures.map(figureRow));
}

function writeBetween(file: string, { begin, end }: Marks, parts: readonly string[]): void {
  const page = readFileSync(file, 'utf8');
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${file} has no marks of the bench.`);
  const written = [begin, ...parts].join('\n\n');
  writeFileSync(file, `${page.slice(0, from)}${written}\n\n${page.slice(to)}`);
}

function figureRow(figure: Figure): string[] {
  const { name, floor, ours, goal } = figure;
  return [
    name,
    floor === undefined ? '' : shown(floor),
    shown(ours),
    floor ? (ours / floor).toFixed(2) : '',
    goal ? `≤ ${goal.atMost}${goal.kind === 'ratio' ? ' ×' : ''}` : '',
    goal ? (isMissed(figure) ? 'no' : 'yes') : '',
  ];
}

/** A Markdown table whose columns line up in the source as well. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

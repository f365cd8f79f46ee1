import { invariants } from '../invariants/violation.ts';
import type { Tried } from '../try-mutants.ts';
import { faultCount, type Tally } from './tally.ts';

/** What a report says beside the figures. */
export interface Circumstances {
  readonly group: number;
  readonly firstSeed: string;
  readonly lastSeed: string;
  readonly commit: string;
  readonly cpuMs: number;
  readonly hoursPerWorld: number;
}

/** The figures of a long run, as a part of `docs/reliability.md`. */
export function runPart(tally: Tally, about: Circumstances): string {
  const { group, firstSeed, lastSeed, commit, cpuMs, hoursPerWorld } = about;
  const cpuMinutes = cpuMs / 60_000;
  const perPhone = tally.hours * group;
  const faults = faultCount(tally);
  return [
    table(
      ['what', 'figure'],
      [
        ['Simulated hours of a group', whole(tally.hours)],
        ['Phones in the group', String(group)],
        ['Worlds', `${whole(tally.worlds)}, ${hoursPerWorld} hours each`],
        ['Seeds', `${firstSeed} to ${lastSeed}`],
        ['Commit', commit],
        ['Ops made by people', whole(tally.deeds)],
        ['Ops in logs', whole(tally.ops)],
        ['Faults', whole(faults)],
        ['Ops per phone and hour', (tally.deeds / perPhone).toFixed(1)],
        ['Faults per phone and hour', (faults / perPhone).toFixed(1)],
        ['Events', whole(tally.events)],
        ['CPU minutes', whole(cpuMinutes)],
        ['Simulated hours per CPU minute', whole(tally.hours / cpuMinutes)],
        ['**Promises broken**', `**${tally.failed.length}**`],
      ],
    ),
    ...(tally.failed.length > 0 ? [failures(tally, group)] : []),
    table(
      ['fault', 'times'],
      Object.entries(tally.faults)
        .sort(([, a], [, b]) => b - a)
        .map(([kind, times]) => [`\`${kind}\``, whole(times)]),
    ),
  ].join('\n\n');
}

function failures({ failed }: Tally, group: number): string {
  return table(
    ['seed', 'broken', 'found', 'replay'],
    failed.map(({ seed, hours, invariant, message }) => [
      seed,
      invariant,
      message.replaceAll('|', '¦').replaceAll('\n', ' ').slice(0, 200),
      `\`npm run simulate -- --seed ${seed} --hours ${hours} --group ${group}\``,
    ]),
  );
}

/** The promises, as a part of `docs/reliability.md`. */
export function promisesPart(): string {
  return table(
    ['promise', 'what it says'],
    Object.entries(invariants).map(([name, text]) => [name, text]),
  );
}

/** What became of the mutants, as a part of `docs/reliability.md`. */
export function mutantsPart(tried: readonly Tried[]): string {
  const rows = tried.map(({ name, bug, caughtBy, hours }) => [
    `\`${name}\``,
    bug,
    caughtBy ?? '**not caught**',
    hours.toFixed(1),
  ]);
  return table(['mutant', 'bug', 'shown by', 'after simulated hours'], rows);
}

/**
 * Puts a generated part into a document, between its two marks.
 *
 * @throws {Error} where the document has no such marks
 */
export function withPart(document: string, name: string, part: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The document has no part “${name}”.`);
  return `${document.slice(0, from + begin.length)}\n\n${part}\n\n${document.slice(to)}`;
}

/** Columns as wide as their widest cell, as formatters have them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function whole(figure: number): string {
  return Math.round(figure).toLocaleString('en-US');
}

import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { inspect } from 'node:util';

const slowestCount = 10;

/**
 * A `node --test` reporter: a line for each file, every failure in full, the files that took longest, counts to
 * JAMZ_COUNTS.
 */
export default async function* nodeReporter(source) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const files = new Map();
  const tookMs = new Map();
  for await (const { type, data } of source) {
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    if (type === 'test:summary' && data.file) {
      tookMs.set(where(data), data.duration_ms);
      yield fileLine(where(data), files.get(where(data)));
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;

    const kind = kindOf(type, data);
    if (kind === 'failed') yield failureText(data);
    if (!kind) continue;
    counts[kind] += 1;
    const row = files.get(where(data)) ?? { passed: 0, failed: 0, skipped: 0 };
    row[kind] += 1;
    files.set(where(data), row);
  }
  yield slowestText(tookMs);
  if (process.env.JAMZ_COUNTS) writeFileSync(process.env.JAMZ_COUNTS, JSON.stringify(counts));
}

/** What an event adds to the counts; a suite or a file only when it failed for a reason of its own. */
function kindOf(type, data) {
  const failed = type === 'test:fail';
  if (failed && data.details?.error?.failureType === 'subtestsFailed') return undefined;
  const holdsTests = data.details?.type === 'suite' || data.file?.endsWith(data.name);
  if (holdsTests) return failed ? 'failed' : undefined;
  if (data.skip !== undefined || data.todo !== undefined) return 'skipped';
  return failed ? 'failed' : 'passed';
}

function failureText(data) {
  const cause = data.details?.error?.cause ?? data.details?.error;
  return `✖ ${where(data)}: ${data.name}\n${inspect(cause, { depth: 4 }).replaceAll(/^/gm, '    ')}\n`;
}

function fileLine(file, row = { passed: 0, failed: 0, skipped: 0 }) {
  const rest = [row.failed && `${row.failed} failed`, row.skipped && `${row.skipped} skipped`];
  return `${[`${row.failed > 0 ? '✖' : '✔'} ${file} ${row.passed}`, ...rest.filter(Boolean)].join(', ')}\n`;
}

function slowestText(tookMs) {
  const slowest = [...tookMs].sort(([, one], [, other]) => other - one).slice(0, slowestCount);
  const lines = slowest.map(([file, ms]) => `  ${(ms / 1_000).toFixed(1).padStart(6)} s  ${file}`);
  return lines.length > 1 ? `Longest:\n${lines.join('\n')}\n` : '';
}

const where = ({ file }) => (file ? relative(process.cwd(), file) : '');

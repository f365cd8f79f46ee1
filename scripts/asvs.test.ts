import { deepEqual, equal, ok } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { asvsRequirements } from './asvs-ids.ts';

const root = resolve(import.meta.dirname, '..');
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const [about = '', met = '', documents = '', unmet = '', notApplicable = ''] =
  textOf('docs/asvs.md').split(/^## .*$/m);

/** `1.2.3` → its level. */
const levels = new Map(
  Object.entries(asvsRequirements).flatMap(([section, numbers]) =>
    numbers.split(' ').map((one): [string, string] => {
      const [number, level = ''] = one.split(':');
      return [`${section}.${number}`, level];
    }),
  ),
);

/** The rows of a table, each as its cells. */
function rowsOf(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => /^\| \d/.test(line))
    .map((line) =>
      line
        .slice(2, -2)
        .split(' | ')
        .map((cell) => cell.trim()),
    );
}

const withLevel = [met, documents, unmet].flatMap(rowsOf);
const idsWithout = rowsOf(notApplicable).flatMap(([ids = '']) => ids.split(', '));

describe('docs/asvs.md', () => {
  it('has every requirement once, with its level', () => {
    const ids = [...withLevel.map(([id = '']) => id), ...idsWithout];
    deepEqual(ids.toSorted(), [...levels.keys()].toSorted());
    for (const [id = '', level] of withLevel) equal(level, levels.get(id), id);
  });

  it('names a test that is there for each that is met', () => {
    const rows = rowsOf(met);
    ok(rows.length > 100);
    for (const [id, , how = '', shown = ''] of rows) {
      const [, path = '', sentence = ''] = /^`([^`]+)`: (.+)$/.exec(shown) ?? [];
      ok(how.length > 5 && /\.test\.ts$/.test(path) && sentence.length > 10, id);
      const text = textOf(path);
      ok(
        titlesIn(text).some((title) => title.startsWith(sentence)),
        `${id}: ${sentence}`,
      );
    }
  });

  it('names a document that is there for each that asks for one', () => {
    for (const [id, , , where = ''] of rowsOf(documents)) {
      const [, path = ''] = /\]\(([^)#]+)/.exec(where) ?? [];
      ok(path !== '' && existsSync(join(root, 'docs', path)), id);
    }
  });

  it('says why, of each that is not met or does not apply, and how many there are', () => {
    for (const [id, , why = ''] of rowsOf(unmet)) ok(why.length > 10, id);
    for (const [ids, why = ''] of rowsOf(notApplicable)) ok(why.length > 5, ids);
    const counts = [levels.size, rowsOf(met).length, rowsOf(documents).length];
    counts.push(rowsOf(unmet).length, idsWithout.length);
    deepEqual(
      counts.filter((count) => !about.includes(` ${count} `)),
      [],
    );
  });
});

/** What stands in calls that make a test. */
function titlesIn(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:it|test)\(\s*(['"`])((?:(?!\1).)+)\1/g)].map(
    ([, , title = '']) => title,
  );
}

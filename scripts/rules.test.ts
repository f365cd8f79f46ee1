import { deepEqual, ok } from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { syncEvents, syncStates, transitions } from '../sdk/sync/machine.ts';

const root = resolve(import.meta.dirname, '..');
const [shown = '', notYet = ''] = readFileSync(join(root, 'sdk/RULES.md'), 'utf8').split(
  '\n## Not yet shown\n',
);

/** A title: what stands first in a call that makes a test, or is the name of a law or a fact that one runs over. */
const title =
  /(?:\b(?:it|test|describe|fact|claim)\(\s*|\bname:\s*)(?:'|"|`)((?:\[[A-Z]{2}\d+\] )+)/g;

/** Rule → the files of which a title names it. */
const named = new Map<string, string[]>();
/** Whatever looks like a rule, wherever it stands in a test. */
const mentioned = new Map<string, string>();
for (const file of globSync('{sdk,server,simulator,e2e}/**/*.{test,laws,contract}.ts', {
  cwd: root,
})) {
  const text = readFileSync(join(root, file), 'utf8');
  for (const [, tags = ''] of text.matchAll(title)) {
    for (const rule of idsIn(tags)) named.set(rule, [...(named.get(rule) ?? []), file]);
  }
  for (const rule of idsIn(text)) mentioned.set(rule, file);
}

describe('The rules of sync', () => {
  it('have each an id of its own, and stand in one line', () => {
    const ids = [...rulesIn(shown), ...rulesIn(notYet)];
    ok(ids.length > 100, `Only ${ids.length} rules were found.`);
    deepEqual(
      ids.filter((id, at) => ids.indexOf(id) !== at),
      [],
    );
    deepEqual(
      idsIn(shown + notYet).filter((id) => !ids.includes(id)),
      [],
    );
  });

  it('are each named by a test, but for those not yet shown', () => {
    deepEqual(
      rulesIn(shown).filter((id) => !named.has(id)),
      [],
      'Name these in the title of the test that shows them, or say why there is none.',
    );
  });

  it('are all that tests name', () => {
    const known = new Set([...rulesIn(shown), ...rulesIn(notYet)]);
    deepEqual(
      [...mentioned].filter(([id]) => !known.has(id)),
      [],
    );
  });

  it('are named at the head of titles only', () => {
    deepEqual(
      [...mentioned].filter(([id]) => !named.has(id)),
      [],
    );
  });

  it('that a test names are shown', () => {
    deepEqual(
      rulesIn(notYet).filter((id) => named.has(id)),
      [],
      'Move these to their section.',
    );
  });

  it('that are not yet shown say why', () => {
    const entries = notYet.split('\n- ').slice(1);
    deepEqual(
      entries.filter((entry) => !/\n {2}Why: \S.*\.\s*$/.test(entry)),
      [],
    );
  });

  it('print the table of the state machine as it is', () => {
    const expected = [
      ['state', ...syncEvents],
      ...syncStates.map((state) => [
        state,
        ...syncEvents.map((event) => transitions[state][event]),
      ]),
    ];
    deepEqual(tableIn(shown), expected);
  });
});

function rulesIn(text: string): string[] {
  return [...text.matchAll(/^- \*\*\[([A-Z]{2}\d+)\]\*\* \S.*\.$/gm)].map(([, id = '']) => id);
}

function idsIn(text: string): string[] {
  return [...text.matchAll(/\[([A-Z]{2}\d+)\]/g)].map(([, id = '']) => id);
}

/** The cells of the one table, without the line below its head. */
function tableIn(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  const rows = lines.map((line) => line.split('|').slice(1, -1));
  return rows
    .map((row) => row.map((cell) => cell.trim()))
    .filter(([first]) => !first?.startsWith('-'));
}

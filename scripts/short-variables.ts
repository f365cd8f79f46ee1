import { globSync, readFileSync } from 'node:fs';
import MagicString from 'magic-string';
import type { Plugin } from 'rollup';

/** `--_text`: by its underscore a property of the elements' own style sheets, which nobody outside names. */
const innerVariable = /--_[a-z][a-z0-9-]*/g;
const letters = 'etnraiosclduphfmgvbykwxjqz';

/**
 * A rollup plugin that gives the elements' inner CSS properties short names, the same ones in every file of a build.
 * What a page may set (`--jamz-…`) stays.
 *
 * @param pattern finds the sources that name them
 */
export function shortVariables(pattern: string): Plugin {
  const shorts = shortNames(globSync(pattern).map((path) => readFileSync(path, 'utf8')));
  return {
    name: 'short-variables',
    transform(code, id) {
      if (id.includes('node_modules') || code.search(innerVariable) < 0) return null;
      const short = new MagicString(code);
      short.replaceAll(innerVariable, (name) => shorts.get(name) ?? name);
      return { code: short.toString(), map: short.generateMap({ hires: true }) };
    },
  };
}

/** The more often a name stands there, the shorter it gets; the same for the same sources in any order. */
export function shortNames(sources: readonly string[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const name of sources.flatMap((text) => text.match(innerVariable) ?? [])) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
  return new Map(names.map(([name], index) => [name, `--_${shortName(index)}`]));
}

function shortName(index: number): string {
  const before = index < letters.length ? '' : shortName(Math.floor(index / letters.length) - 1);
  return before + letters.charAt(index % letters.length);
}

import MagicString from 'magic-string';
import type { Plugin } from 'rollup';
import { parseAst } from 'rollup/parseAst';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly name?: string;
  readonly key?: Node;
  readonly property?: Node;
  readonly computed?: boolean;
  readonly shorthand?: boolean;
}

/**
 * A rollup plugin that gives properties short names, the same ones in every file of every build. A minifier may not:
 * it cannot know whether a name means something outside.
 *
 * @param names that mean nothing outside; each keeps its short name as long as it keeps its place
 */
export function shortProperties(names: readonly string[]): Plugin {
  const shorts = new Map(names.map((name, index) => [name, shortName(index)]));
  return {
    name: 'short-properties',
    renderChunk(code) {
      const short = withShortProperties(code, shorts);
      return { code: short.toString(), map: short.generateMap({ hires: true }) };
    },
  };
}

/** @throws {Error} where a property beside them has one of the short names already */
export function withShortProperties(
  code: string,
  shorts: ReadonlyMap<string, string>,
): MagicString {
  const short = new MagicString(code);
  const seen = new Set<string>();
  for (const { type, key, property, computed, shorthand } of nodesIn(parseAst(code))) {
    const named = type === 'MemberExpression' ? property : key;
    if (computed || named?.type !== 'Identifier' || named.name === undefined) continue;
    seen.add(named.name);
    const to = shorts.get(named.name);
    if (to === undefined) continue;
    // What it says of the variable stays.
    if (shorthand) short.appendLeft(named.start, `${to}: `);
    else short.overwrite(named.start, named.end, to);
  }
  if (!short.hasChanged()) return short;
  for (const to of shorts.values()) {
    if (seen.has(to)) throw new Error(`“${to}” is a short name, and taken.`);
  }
  return short;
}

/** Letters that a minifier takes often, too, so that they repeat what is there; two of them make no word. */
const letters = 'tnrscldfph';

function shortName(index: number): string {
  const second = letters[Math.floor(index / letters.length)];
  if (second === undefined) throw new Error('There are more names than pairs of letters.');
  return second + letters.charAt(index % letters.length);
}

function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesIn(one);
  if (typeof value !== 'object' || value === null || !('type' in value)) return;
  yield value as Node;
  for (const part of Object.values(value)) yield* nodesIn(part);
}

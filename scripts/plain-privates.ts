import { globSync, readFileSync } from 'node:fs';
import MagicString from 'magic-string';
import type { Plugin } from 'rollup';
import { parseAst } from 'rollup/parseAst';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly name?: string;
  readonly id?: Node | null;
  readonly superClass?: Node | null;
  readonly body?: Node | readonly Node[];
  readonly key?: Node;
  readonly left?: Node;
  readonly static?: boolean;
}

/**
 * A rollup plugin that makes `#private` members plain ones of one letter: each `#` is a byte that gzip cannot guess. The
 * compiler has seen to it by then that nobody else reads them. A class that has an heir, or is one, stays as it is:
 * there one letter could mean two things.
 *
 * @param pattern finds the sources, whose heirs are looked for beforehand
 */
export function plainPrivates(pattern: string): Plugin {
  const parents = parentsIn(globSync(pattern).map((path) => readFileSync(path, 'utf8')));
  return {
    name: 'plain-privates',
    transform(code, id) {
      if (id.includes('node_modules') || !code.includes('#')) return null;
      const plain = withPlainPrivates(code, parents);
      return plain.hasChanged()
        ? { code: plain.toString(), map: plain.generateMap({ hires: true }) }
        : null;
    },
  };
}

/** Names of classes that others extend. */
export function parentsIn(sources: readonly string[]): ReadonlySet<string> {
  const heirs = sources.flatMap((text) => [...text.matchAll(/\bextends\s+([\w$]+)/g)]);
  return new Set(heirs.map(([, name = '']) => name));
}

export function withPlainPrivates(code: string, parents: ReadonlySet<string>): MagicString {
  const plain = new MagicString(code);
  for (const node of nodesIn(parseAst(code))) {
    if (!isClass(node) || node.superClass || !node.id?.name || parents.has(node.id.name)) continue;
    const members = membersOf(node);
    const own = members.flatMap(({ key, static: isStatic }) =>
      key?.type === 'PrivateIdentifier' && !isStatic ? [key.name ?? ''] : [],
    );
    const uses = usesIn(members);
    // What asks whether an object has it means the class, not a letter.
    const asked = new Set(uses.filter(({ isAsked }) => isAsked).map(({ name }) => name));
    const taken = new Set(members.map(({ key }) => key?.name ?? ''));
    const free = [...letters].filter((letter) => !taken.has(letter));
    const names = [...new Set(own)].filter((name) => !asked.has(name));
    const shorts = new Map(names.map((name, index) => [name, free[index]]));
    for (const { name, start, end } of uses) {
      const short = shorts.get(name);
      if (short) plain.overwrite(start, end, short);
    }
  }
  return plain;
}

/** In the order in which a minifier takes them for what a function is given: `this.e = e, this.t = t` repeats. */
const letters = 'etnriaoscludfpmhgvybxkwjqz';

interface Use {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly isAsked: boolean;
}

/** Where members name private ones; a class inside that has one of the same name means its own. */
function usesIn(value: unknown): readonly Use[] {
  if (Array.isArray(value)) return value.flatMap(usesIn);
  if (!isNode(value)) return [];
  const { type, name = '', start, end, left } = value;
  if (type === 'PrivateIdentifier') return [{ name, start, end, isAsked: false }];
  const inside = Object.values(value).flatMap(usesIn);
  if (type === 'BinaryExpression' && left?.type === 'PrivateIdentifier') {
    return inside.map((use) => (use.start === left.start ? { ...use, isAsked: true } : use));
  }
  if (!isClass(value)) return inside;
  const own = new Set(
    membersOf(value).map(({ key }) => key?.type === 'PrivateIdentifier' && key.name),
  );
  return inside.filter((use) => !own.has(use.name));
}

function membersOf({ body }: Node): readonly Node[] {
  const members = body && 'body' in body ? body.body : [];
  return Array.isArray(members) ? members : [];
}

function isClass({ type }: Node): boolean {
  return type === 'ClassDeclaration' || type === 'ClassExpression';
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const one of value) yield* nodesIn(one);
  if (!isNode(value)) return;
  yield value;
  for (const part of Object.values(value)) yield* nodesIn(part);
}

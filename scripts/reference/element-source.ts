import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** What the source of one element says that its class does not. */
export interface ElementSource {
  /** The paragraphs above the class. */
  readonly description: string;
  /** By name; the text is empty where the source gives none. */
  readonly parts: ReadonlyMap<string, string>;
  /** By name, the default slot as `(default)`. */
  readonly slots: ReadonlyMap<string, string>;
  readonly cssProperties: ReadonlyMap<string, string>;
  /** Names of the events that its code dispatches, in the order of the alphabet. */
  readonly events: readonly string[];
  readonly fields: readonly Field[];
  readonly methods: readonly Field[];
}

/** A property or a method that a page may use. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/**
 * Reads an element's file and everything of `components` that it imports, at once or later: what a template has is
 * a part, whatever a comment says.
 *
 * @param file the element's own
 * @throws {Error} when a comment names a part that no template has
 */
export function readElementSource(file: string): ElementSource {
  const own = readFileSync(file, 'utf8');
  const all = [...withImports(file)].map((path) => readFileSync(path, 'utf8')).join('\n');
  const comment = commentAbove(own, /export class /);
  const tags = tagsOf(comment);

  const partNames = partsIn(all);
  const partTexts = new Map(tags.filter(({ tag }) => tag === 'csspart').flatMap(namesWithText));
  for (const name of partTexts.keys()) {
    if (!partNames.has(name)) throw new Error(`${file}: no template has a part "${name}"`);
  }
  const slotTexts = new Map(tags.filter(({ tag }) => tag === 'slot').flatMap(namesWithText));
  const propertyTexts = new Map(tags.filter(({ tag }) => tag === 'cssprop').flatMap(namesWithText));
  return {
    description: (comment.split(/^@/m)[0] ?? '').trim(),
    parts: described(partNames, partTexts),
    slots: described(slotsIn(all), slotTexts),
    cssProperties: described(matches(all, /var\((--jamz-[\w-]+)/g), propertyTexts),
    events: [...eventsIn(all)].sort(),
    fields: fieldsIn(own),
    methods: methodsIn(own),
  };
}

/** The properties that a class declares, with what is said above them. */
export function fieldsIn(source: string): Field[] {
  const pattern = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s+declare (\w+): ([^;]+);/g;
  return [...source.matchAll(pattern)].map(([, comment = '', name = '', type = '']) => ({
    name,
    type,
    text: textOf(comment),
  }));
}

/** A comment's words on one line. */
export function textOf(comment: string): string {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, ''));
  return lines
    .join(' ')
    .replace(/\{@link ([^}]+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Getters and methods with a comment above them. */
function methodsIn(source: string): Field[] {
  const pattern =
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {2}(get |readonly )?(\w+)(\([^)]*\)| = \(\))(?:: ([^={]+))? (?:=> )?\{/g;
  return [...source.matchAll(pattern)].flatMap(([, comment = '', kind, name = '', args, type]) =>
    name.endsWith('Callback')
      ? []
      : {
          name: kind === 'get ' ? name : `${name}${args?.replace(' = ', '')}`,
          type: type ?? 'void',
          text: textOf(comment),
        },
  );
}

function withImports(file: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file) || !existsSync(file) || !isComponent(file)) return seen;
  seen.add(file);
  const source = readFileSync(file, 'utf8').replace(/(?:import|export) type [^;]*;/g, '');
  for (const [, path = ''] of source.matchAll(/(?:from|import|import\()\s*'(\.[^']+)'/g)) {
    withImports(resolve(dirname(file), path), seen);
  }
  return seen;
}

const components = resolve(import.meta.dirname, '../../components');

function isComponent(file: string): boolean {
  return !relative(components, file).startsWith('..');
}

function partsIn(source: string): Set<string> {
  const plain = matches(source, /\bpart="([\w -]+)"/g);
  const chosen = [...matches(source, /\bpart=\$\{([^}]*)\}/g)].flatMap((expression) => [
    ...matches(expression, /'([\w -]+)'/g),
  ]);
  return new Set([...plain, ...chosen].flatMap((names) => names.split(' ')));
}

function slotsIn(source: string): Set<string> {
  const names = matches(source, /<slot name="([\w-]+)"/g);
  const chosen = [...matches(source, /<slot name=\$\{([^}]*)\}/g)].flatMap((expression) => [
    ...matches(expression, /[?:] '([\w-]+)'/g),
  ]);
  const unnamed = /<slot><\/slot>/.test(source) ? ['(default)'] : [];
  return new Set([...unnamed, ...names, ...chosen]);
}

/** What stands between the element and the detail: one name, or a choice of two. */
function eventsIn(source: string): Set<string> {
  const names = matches(source, /\b(?:request|tell)\(\s*[\w.#]+,([^{()]*)/g);
  return new Set([...names].flatMap((name) => [...matches(name, /'(jamz-[\w-]+)'/g)]));
}

function matches(source: string, pattern: RegExp): Set<string> {
  return new Set([...source.matchAll(pattern)].map(([, found = '']) => found));
}

/** The last comment before what `below` finds, without its stars. */
function commentAbove(source: string, below: RegExp): string {
  const before = source.slice(0, source.search(below));
  const comment = before.slice(before.lastIndexOf('/**') + 3, before.lastIndexOf('*/'));
  return comment.replace(/^\s*\* ?/gm, '').trim();
}

interface Tag {
  readonly tag: string;
  readonly rest: string;
}

function tagsOf(comment: string): Tag[] {
  return [...comment.matchAll(/^@(\w+) ([^@]*)/gm)].map(([, tag = '', rest = '']) => ({
    tag,
    rest: textOf(rest),
  }));
}

/** `seek - the bar` or a bare list of names. A slot without a name is written as a lone dash. */
function namesWithText({ rest }: Tag): [name: string, text: string][] {
  if (rest.startsWith('- ')) return [['(default)', rest.slice(2)]];
  const [names = '', text = ''] = rest.split(/ - (.*)/);
  return names.split(' ').map((name) => [name, text]);
}

function described(
  names: ReadonlySet<string>,
  texts: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map([...names].sort().map((name) => [name, texts.get(name) ?? '']));
}

import MagicString from 'magic-string';
import type { Plugin } from 'rollup';

/**
 * What of Lit is for others than this tree's elements, by file: what polyfills, hydration and decorators hook into, the
 * list of versions, browsers without constructed style sheets (which cannot read these files either), and sentences for
 * who writes elements. Each expression is found once, and replaced.
 */
const cuts: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  'lit-html/lit-html.js': [
    [/,(\w)=\w\.litHtmlPolyfillSupport;\1\?\.\(\w,\w\),/, ';'],
    [/\(\w\.litHtmlVersions\?\?=\[\]\)\.push\("[\d.]+"\);/, ''],
  ],
  'lit-element/lit-element.js': [
    [/,\w\.litElementHydrateSupport\?\.\(\{LitElement:\w\}\)/, ''],
    [/const (\w)=\w\.litElementPolyfillSupport;\1\?\.\(\{LitElement:\w\}\);/, ''],
    [/\(\w\.litElementVersions\?\?=\[\]\)\.push\("[\d.]+"\);/, ''],
  ],
  '@lit/reactive-element/reactive-element.js': [
    [/\w=\w\.reactiveElementPolyfillSupport,/, ''],
    [/,\w\?\.\(\{ReactiveElement:\w\}\)/, ''],
    [/,\(\w\.reactiveElementVersions\?\?=\[\]\)\.push\("[\d.]+"\)/, ''],
    [/Symbol\.metadata\?\?=Symbol\("metadata"\),\w\.litPropertyMetadata\?\?=new WeakMap;/, ''],
    [
      /const \w=this\[Symbol\.metadata\];if\(null!==\w\)\{const \w=litPropertyMetadata\.get\(\w\);if\(void 0!==\w\)for\([^)]*\)this\.elementProperties\.set\(\w,\w\)\}/,
      '',
    ],
    [/static addInitializer\(\w\)\{.*?\.push\(\w\)\}/, ''],
    [/,void 0!==(\w)\.l&&\(this\.l=\[\.\.\.\1\.l\]\)/, ''],
    [/,this\.constructor\.l\?\.forEach\((\w)=>\1\(this\)\)/, ''],
  ],
  '@lit/reactive-element/css-tag.js': [
    [
      /\w\.ShadowRoot&&\(.*?\)&&"adoptedStyleSheets"in .*?&&"replace"in CSSStyleSheet\.prototype/,
      '!0',
    ],
    [/"CSSResult is not constructable[^"]*"/, ''],
    [/"Value passed to 'css'[^"]*"\+\w\+"[^"]*"/, ''],
  ],
};

/** A rollup plugin that leaves out what this tree's elements need not of Lit. No bundler can know that. */
export function leanLit(): Plugin {
  return {
    name: 'lean-lit',
    transform(code, id) {
      const name = litFileOf(id);
      if (name === undefined) return null;
      const short = withoutHooks(code, name);
      return { code: short.toString(), map: short.generateMap({ hires: true }) };
    },
  };
}

/** Which of Lit's files that are cut this is, if any. */
export function litFileOf(path: string): string | undefined {
  return Object.keys(cuts).find((file) => path.endsWith(`/node_modules/${file}`));
}

/** @throws {Error} where it is another Lit than this file knows */
export function withoutHooks(code: string, name: string): MagicString {
  const short = new MagicString(code);
  for (const [words, instead] of cuts[name] ?? []) {
    const [found, another] = code.matchAll(new RegExp(words, 'g'));
    if (!found || another) {
      throw new Error(`Lit is another than lean-lit knows: ${words} in ${name}.`);
    }
    short.overwrite(found.index, found.index + found[0].length, instead);
  }
  return short;
}

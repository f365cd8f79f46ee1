import { doesNotMatch, equal, match, throws } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { withoutHooks } from './lean-lit.ts';

const names = [
  'lit-html/lit-html.js',
  'lit-element/lit-element.js',
  '@lit/reactive-element/reactive-element.js',
  '@lit/reactive-element/css-tag.js',
];
const litFile = (name: string): string =>
  readFileSync(new URL(`../node_modules/${name}`, import.meta.url), 'utf8');

describe('leanLit', () => {
  it('leaves out what nobody hooks into, and no word of it', () => {
    const code = names.map((name) => withoutHooks(litFile(name), name).toString()).join('\n');
    doesNotMatch(
      code,
      /PolyfillSupport|HydrateSupport|Versions|litPropertyMetadata|addInitializer/,
    );
    doesNotMatch(code, /ShadyCSS|not constructable|unsafeCSS' to pass/);
  });

  it('leaves the rest as it was: nothing but the cuts is gone, and what is exported stays', () => {
    for (const name of names) {
      const before = litFile(name);
      const after = withoutHooks(before, name).toString();
      equal(before.length - after.length < before.length / 4, true, name);
      equal(/export\{.*\}/.exec(after)?.[0], /export\{.*\}/.exec(before)?.[0]);
      match(after, /^\/\*\*|^import|^const/);
    }
  });

  it('says that it does not know another Lit', () => {
    throws(() => withoutHooks('export const html = 1;', names[0] ?? ''), /another than lean-lit/);
  });
});

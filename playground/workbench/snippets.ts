/** What was turned, of one element. */
export interface Made {
  readonly tag: string;
  /** By name; a flag that is on is the empty string. */
  readonly attributes: Readonly<Record<string, string>>;
  /** `--jamz-…` by name. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly server: string;
  readonly site: string;
}

export type Dialect = 'html' | 'react' | 'vue' | 'svelte';

/** The element as one would write it, ready to be copied. */
export function snippet(dialect: Dialect, made: Made): string {
  return { html, react, vue, svelte }[dialect](made);
}

function html(made: Made): string {
  return [
    ...css(made),
    `<script type="module" src="${made.server}/cdn/jamz.js"></script>`,
    '',
    ...element(made),
  ].join('\n');
}

function react(made: Made): string {
  const style = Object.entries(made.tokens).map(([name, value]) => `'${name}': '${value}'`);
  const element = tagWith(made, style.length > 0 ? [`style={{ ${style.join(', ')} }}`] : []);
  return [
    `import 'trafficjamz/components/${made.tag}';`,
    "import 'trafficjamz/react';",
    '',
    `export const ${pascal(made.tag)} = () => (`,
    `  ${element}`,
    ');',
  ].join('\n');
}

function vue(made: Made): string {
  return [
    '<script setup lang="ts">',
    `import 'trafficjamz/components/${made.tag}';`,
    "import type {} from 'trafficjamz/vue';",
    '</script>',
    '',
    '<template>',
    ...element(made).map((line) => `  ${line}`),
    '</template>',
    ...css(made, ' scoped'),
  ].join('\n');
}

function svelte(made: Made): string {
  return [
    '<script lang="ts">',
    `  import 'trafficjamz/components/${made.tag}';`,
    "  import type {} from 'trafficjamz/svelte';",
    '</script>',
    '',
    ...element(made),
    ...css(made),
  ].join('\n');
}

function element(made: Made): readonly string[] {
  return [tagWith(made, [])];
}

function tagWith({ tag, attributes, server, site }: Made, more: readonly string[]): string {
  const all = Object.entries({ server, site, ...attributes }).map(([name, value]) =>
    value === '' ? name : `${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`,
  );
  return `<${[tag, ...all, ...more].join(' ')}></${tag}>`;
}

function css({ tag, tokens }: Made, scoped = ''): readonly string[] {
  const lines = Object.entries(tokens).map(([name, value]) => `    ${name}: ${value};`);
  if (lines.length === 0) return [];
  return [`<style${scoped}>`, `  ${tag} {`, ...lines, '  }', '</style>'];
}

function pascal(tag: string): string {
  return tag.replaceAll(/(?:^|-)(\w)/gu, (_, letter: string) => letter.toUpperCase());
}

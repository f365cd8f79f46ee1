import MagicString from 'magic-string';
import type { Plugin } from 'rollup';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}
interface TaggedTemplate extends Node {
  readonly tag: Node & { readonly name?: string };
  readonly quasi: { readonly quasis: readonly Node[] };
}

/**
 * A rollup plugin that takes the indentation out of Lit's templates and style sheets: no
 * minifier may touch what stands in a string, and these say by their tag what they hold.
 */
export function smallTemplates(): Plugin {
  return {
    name: 'small-templates',
    transform: {
      // After TypeScript is gone: rollup parses JavaScript.
      order: 'post',
      handler(code, id) {
        if (id.includes('node_modules') || !/\b(css|html|svg)`/.test(code)) return null;
        const small = new MagicString(code);
        for (const { tag, quasi } of taggedTemplates(this.parse(code))) {
          const shorten = tag.name === 'css' ? smallCss : smallHtml;
          for (const { start, end } of quasi.quasis) {
            if (end > start) small.update(start, end, shorten(code.slice(start, end)));
          }
        }
        return { code: small.toString(), map: small.generateMap({ hires: true }) };
      },
    },
  };
}

/** One space for each run: between inline elements a space shows. */
export function smallHtml(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

/** Without comments, and without spaces and zeros where CSS gives them no meaning. */
export function smallCss(text: string): string {
  return (
    text
      .replaceAll(/\/\*.*?\*\//gs, '')
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/ ?([{};,>]) ?/g, '$1')
      .replaceAll(/\( | (?=\))/g, (found) => found.trim())
      // Before a number only: elsewhere a star may be a selector.
      .replaceAll(/ \* (?=-?\d)/g, '*')
      .replaceAll(/(?<![\w.])0(?=\.\d)/g, '')
      .replaceAll(/: /g, ':')
      .replaceAll(/;}/g, '}')
      // Before a rule: after a value that is put in, a space may part two values.
      .replace(/^ (?=[.:@*])/, '')
  );
}

function taggedTemplates(node: unknown): readonly TaggedTemplate[] {
  if (Array.isArray(node)) return node.flatMap(taggedTemplates);
  if (typeof node !== 'object' || node === null) return [];
  const inside = Object.values(node).flatMap(taggedTemplates);
  return isTagged(node) ? [node, ...inside] : inside;
}

function isTagged(node: object): node is TaggedTemplate {
  const { type, tag } = node as { type?: unknown; tag?: { name?: string } };
  return type === 'TaggedTemplateExpression' && ['css', 'html', 'svg'].includes(tag?.name ?? '');
}

import MagicString from 'magic-string';
import type { Plugin } from 'rollup';
import { limits } from '../sdk/protocol/limits.ts';

const named = /\blimits\.(\w+)/g;

/** A rollup plugin that writes the figures of `sdk/protocol/limits.ts` where they are asked for: a page needs a few of them. */
export function plainLimits(): Plugin {
  return {
    name: 'plain-limits',
    transform(code) {
      const plain = withPlainLimits(code);
      return plain ? { code: plain.toString(), map: plain.generateMap({ hires: true }) } : null;
    },
  };
}

/** Undefined for a module that does not import them: what it calls so is something else. */
export function withPlainLimits(code: string): MagicString | undefined {
  if (!/from ["'][./]*(protocol\/)?limits\.ts["']/.test(code)) return undefined;
  const figures: Readonly<Record<string, number>> = limits;
  const plain = new MagicString(code);
  return plain.replaceAll(named, (text, name: string) => `${figures[name] ?? text}`);
}

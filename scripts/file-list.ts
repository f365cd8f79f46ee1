import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rollup';

export interface FileListOptions {
  /** What a source imports: `version`, `files` (integrity by name) and `needed` (names). */
  readonly name: string;
  /** A folder that is written by then. */
  readonly dir: string;
  readonly pattern: string;
  /** Larger files are on the list, but not among those that are needed. */
  readonly maxNeededBytes: number;
  /** Files that are on no list: a worker knows them by their names, which change with what is in them. */
  readonly unlisted?: RegExp;
}

/** A rollup plugin that tells a service worker what was built, so that a new build is a new worker. */
export function fileList(options: FileListOptions): Plugin {
  const { name, dir, pattern, maxNeededBytes, unlisted } = options;
  return {
    name: 'file-list',
    resolveId: (source) => (source === name ? name : undefined),
    load(id) {
      if (id !== name) return undefined;
      const names = globSync(pattern, { cwd: dir })
        .filter((file) => statSync(join(dir, file)).isFile() && !unlisted?.test(file))
        .sort();
      const files = Object.fromEntries(names.map((file) => [file, integrityOf(join(dir, file))]));
      const text = JSON.stringify(files);
      const version = createHash('sha256').update(text).digest('base64url').slice(0, 8);
      const needed = names.filter((file) => statSync(join(dir, file)).size <= maxNeededBytes);
      return [
        `export const version = ${JSON.stringify(version)};`,
        `export const files = ${text};`,
        `export const needed = ${JSON.stringify(needed)};`,
      ].join('\n');
    },
  };
}

function integrityOf(path: string): string {
  // The shortest that browsers take: what no compression shortens weighs the most in a worker.
  return `sha256-${createHash('sha256').update(readFileSync(path)).digest('base64')}`;
}

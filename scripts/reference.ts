// `node scripts/reference.ts`: what is made from the sources and kept beside them, written anew.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { elementsReference } from './reference/elements.ts';
import { httpReference } from './reference/http.ts';
import { customElementsManifest } from './reference/manifest.ts';
import { elementTypings } from './reference/typings.ts';

/** A page of `docs/reference`, or the elements' typings, as they should be now. */
export interface ReferencePage {
  /** In the repository. */
  readonly path: string;
  readonly text: string;
}

/** Everything that is made from the sources. */
export async function referencePages(): Promise<readonly ReferencePage[]> {
  return [
    page('docs/reference/elements.md', elementsReference()),
    page('docs/reference/http.md', await httpReference()),
    page('components/frameworks/elements.ts', elementTypings(customElementsManifest())),
  ];
}

const root = resolve(import.meta.dirname, '..');

/** As the formatter writes it, so that it has nothing to change. */
function page(path: string, text: string): ReferencePage {
  const biome = join(root, 'node_modules/.bin/biome');
  const formatted = execFileSync(biome, ['format', `--stdin-file-path=${path}`], {
    cwd: root,
    input: `${text}\n`,
    encoding: 'utf8',
  });
  return { path, text: formatted };
}

if (import.meta.main) {
  for (const { path, text } of await referencePages()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A page of the playground as it is served: `<!-- part: head -->` stands for `parts/head.html` beside it, for what
 * pages share.
 *
 * @throws {Error} for a part that is not there
 */
export function pageText(path: string): string {
  return readFileSync(path, 'utf8').replace(
    /^( *)<!-- part: ([a-z]+) -->$/gm,
    (_line, indent: string, name: string) => {
      const part = readFileSync(join(dirname(path), 'parts', `${name}.html`), 'utf8');
      return part.trimEnd().replace(/^/gm, indent);
    },
  );
}

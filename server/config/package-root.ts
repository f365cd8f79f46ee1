import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the package: the same from the sources and from the build, which lie at different depths. */
function packageRoot(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, 'package.json'))) {
    const above = dirname(directory);
    if (above === directory) throw new Error('package.json is not above the server');
    directory = above;
  }
  return directory;
}

/** Where `npm run build` writes. */
export function distDir(): string {
  return join(packageRoot(), 'dist');
}

/** The version in `package.json`. */
export function packageVersion(): string {
  const json: unknown = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  const isRecord = typeof json === 'object' && json !== null && 'version' in json;
  return isRecord && typeof json.version === 'string' ? json.version : '0.0.0';
}

import { existsSync } from 'node:fs';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { protocolVersion } from '../sdk/protocol/version.ts';
import type { Manifest } from './chunk-manifest.ts';

/**
 * Keeps this protocol version's replica, its server and what `npm run build` made of some elements for the CDN in
 * `e2e/archive/`, for `e2e/versions.test.ts` and `e2e/pinned.test.ts` to run against whatever comes later. Of replica
 * and server only our own code goes in; what it imports is taken from `node_modules` when it runs. A version that is
 * there is never written again: it has to stay what phones out there run.
 */
const folder = resolve(import.meta.dirname, `../e2e/archive/protocol-${protocolVersion}`);

if (existsSync(folder)) {
  process.stderr.write(
    `Protocol version ${protocolVersion} is in the archive already, and stays as it is. Raise protocolVersion first.\n`,
  );
  process.exitCode = 2;
} else {
  await mkdir(folder, { recursive: true });
  await Promise.all([
    keep('sdk/index.ts', 'replica.mjs', 'neutral'),
    keep('server/main.ts', 'server.mjs', 'node'),
    keepElements(),
  ]);
  process.stdout.write(`kept as ${folder}\n`);
}

/** What a page with a player and a playlist loads, at once or later. */
async function keepElements(): Promise<void> {
  const cdn = resolve(import.meta.dirname, '../dist/cdn');
  const manifest = JSON.parse(await readFile(resolve(cdn, 'manifest.json'), 'utf8')) as Manifest;
  const tags = ['group', 'player', 'playlist', 'sync-indicator'];
  const files = new Set(['jamz.js', ...tags.map((tag) => `jamz-${tag}.js`)]);
  // A set that grows while it is walked.
  for (const file of files) {
    const { imports = [], dynamicImports = [] } = manifest[file] ?? {};
    for (const next of [...imports, ...dynamicImports]) files.add(next);
  }
  for (const file of [...files, 'integrity.json', 'release.json']) {
    await cp(resolve(cdn, file), resolve(folder, 'cdn', file));
  }
}

async function keep(entry: string, name: string, platform: 'neutral' | 'node'): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile: resolve(folder, name),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform,
    packages: 'external',
    minifySyntax: true,
    minifyWhitespace: true,
    banner: { js: `// TrafficJamz, protocol version ${protocolVersion}. MIT licence.` },
  });
}

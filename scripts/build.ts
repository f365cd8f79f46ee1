// `npm run build [-- --quick]`: dist/ from the sources. Quick leaves out types, the server's JavaScript and the budgets.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { type OutputOptions, type RollupLog, type RollupOptions, rollup } from 'rollup';
import packageJson from '../package.json' with { type: 'json' };
import configurations from '../rollup.config.ts';
import { pageText } from './playground-pages.ts';
import { precompress } from './precompress.ts';
import { customElementsManifest } from './reference/manifest.ts';
import { writeSbom } from './sbom.ts';
import { printSizeTable } from './size-table.ts';
import { workerBuilds } from './worker-builds.ts';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const quick = process.argv.includes('--quick');
process.chdir(root);

for (const folder of ['sdk', 'components', 'cdn', 'playground', 'node', 'types']) {
  rmSync(join(dist, folder), { recursive: true, force: true });
}
for (const configuration of configurations) await build(configuration);
copyPages();
copyMapWorker();
cpSync('components/loader/jamz.css', join(dist, 'cdn/jamz.css'));
for (const configuration of workerBuilds) await build(configuration);
writeIntegrity();
writeManifest();
if (!quick) {
  emit('scripts/tsconfig.types.json');
  emit('scripts/tsconfig.server.json');
  // What the server reads beside its own modules.
  cpSync('server/music/demo-tracks', join(dist, 'node/server/music/demo-tracks'), {
    recursive: true,
  });
  makeRunnable('node/server/main.js');
  writeSbom(root, dist);
  for (const folder of ['cdn', 'playground']) precompress(join(dist, folder));
  if (!printSizeTable(join(dist, 'cdn'))) process.exitCode = 1;
}

async function build({ output, ...input }: RollupOptions): Promise<void> {
  const bundle = await rollup({ ...input, onwarn: failOnWarning });
  await bundle.write(output as OutputOptions);
  await bundle.close();
}

function failOnWarning(warning: RollupLog): void {
  // Vendors' own cycles are theirs to judge.
  if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.message.includes('node_modules')) return;
  throw new Error(`${warning.code}: ${warning.message}`);
}

function copyPages(): void {
  cpSync('playground/app.webmanifest', join(dist, 'playground/app.webmanifest'));
  for (const page of globSync('playground/*.html')) {
    writeFileSync(join(dist, page), pageText(page));
  }
  cpSync('playground/assets', join(dist, 'playground/assets'), { recursive: true });
  mkdirSync(join(dist, 'playground/styles'), { recursive: true });
  cpSync('playground/styles', join(dist, 'playground/styles'), { recursive: true });
}

/** MapLibre looks for its worker beside the module that holds MapLibre. */
function copyMapWorker(): void {
  const worker = 'maplibre-gl-worker.mjs';
  for (const folder of ['cdn', 'playground/assets']) {
    cpSync(join('node_modules/maplibre-gl/dist', worker), join(dist, folder, worker));
  }
}

/** Hashes for `<script integrity>` and for import maps, by file name. */
function writeIntegrity(): void {
  const entries = globSync('*.{js,mjs}', { cwd: join(dist, 'cdn') })
    .sort()
    .map((name) => {
      const hash = createHash('sha384').update(readFileSync(join(dist, 'cdn', name)));
      return [name, `sha384-${hash.digest('base64')}`];
    });
  const text = JSON.stringify(Object.fromEntries(entries), null, 1);
  writeFileSync(join(dist, 'cdn/integrity.json'), `${text}\n`);
  writeRelease(text, Object.fromEntries(entries)['jamz.js']);
}

/** What pages pin: this version, and a part of what all files hash to. */
function writeRelease(hashes: string, integrity: string | undefined): void {
  const part = createHash('sha256').update(hashes).digest('hex').slice(0, 8);
  const release = `${packageJson.version}-${part}`;
  const script = { src: `/cdn/${release}/jamz.js`, integrity };
  const text = JSON.stringify({ release, script }, null, 1);
  writeFileSync(join(dist, 'cdn/release.json'), `${text}\n`);
}

/** What the elements offer, for editors and the tools of frameworks. */
function writeManifest(): void {
  const text = `${JSON.stringify(customElementsManifest(), null, 1)}\n`;
  for (const folder of ['.', 'cdn'])
    writeFileSync(join(dist, folder, 'custom-elements.json'), text);
}

function emit(project: string): void {
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', project], { stdio: 'inherit' });
}

/** Its first line names Node, as the source's does. */
function makeRunnable(path: string): void {
  const file = join(dist, path);
  if (!/^#!.*node\n(?!#!)/.test(readFileSync(file, 'utf8'))) {
    throw new Error(`${path} has to begin with the one line that names its program`);
  }
  chmodSync(file, 0o755);
}

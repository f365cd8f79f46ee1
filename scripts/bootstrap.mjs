// Runs on Node 20 before anything is installed: no dependencies, no TypeScript.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const windows = process.platform === 'win32';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The Node 24 that the package `node` brings: it runs TypeScript and has node:sqlite. */
export const node24 = join(root, 'node_modules/node/bin', windows ? 'node.exe' : 'node');

export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Runs a program with this terminal, the repository's own tools first; resolves with its exit status, 1 when a signal ended it. */
export function run(command, args, options = {}) {
  const { env, ...rest } = options;
  const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`;
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, PATH: path, ...env },
      ...rest,
    });
    child.on('error', fail);
    child.on('exit', (code, signal) => done(signal ? 1 : (code ?? 1)));
  });
}

/** Installs the packages that package-lock.json names, when they are missing or it has changed. */
export async function ensureInstalled() {
  const stamp = join(root, 'node_modules/.cache/trafficjamz-installed');
  const wanted = hashOf(['package.json', 'package-lock.json']);
  if (existsSync(node24) && readIfThere(stamp) === wanted) return;

  say('Installing packages (npm install, as package-lock.json says) …');
  // Not `npm ci`: it refuses a lock that lists only the platforms its author's registry carried.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  if ((await run(windows ? 'npm.cmd' : 'npm', args, { shell: windows })) !== 0) {
    throw new Error('npm install failed. Check the network and the message above, then try again.');
  }
  if (!existsSync(node24)) {
    // An npm that blocks install scripts leaves the package `node` without its program.
    const cwd = join(root, 'node_modules/node');
    await run(process.execPath, ['installArchSpecificPackage.js'], { cwd });
  }
  if (!existsSync(node24)) {
    throw new Error(`Node 24 did not arrive at ${node24}. Run: npm rebuild node`);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Builds dist/ when it was made from other sources than those that stand here. */
export async function ensureBuilt() {
  const stamp = join(root, 'dist/.built-from');
  const wanted = hashOf([
    'package.json',
    'package-lock.json',
    'rollup.config.ts',
    ...['sdk', 'components', 'playground', 'server', 'scripts'].flatMap(sourcesIn),
  ]);
  if (readIfThere(stamp) === wanted) return;

  say('Building the package, the CDN folder and the playground …');
  if ((await run(node24, ['scripts/build.ts', '--quick'])) !== 0) {
    throw new Error('The build failed; the lines above say where.');
  }
  writeFileSync(stamp, wanted);
}

function sourcesIn(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .sort();
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '..');
const execute = promisify(execFile);

/** A host's project with the package installed from its tarball, as a registry would give it. */
export interface Installed {
  /** The project's folder. */
  readonly folder: string;
  /** The package in its `node_modules`. */
  readonly packageDir: string;
  readonly tarball: string;
  /** Runs a Node program in the project; what it prints. Rejects with its output where it fails. */
  node(args: readonly string[], cwd?: string): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Packs the built package and unpacks it into a new project. What it depends on is this repository's own, by links: a
 * test needs no network.
 *
 * @param fixtures folders of `e2e/frameworks` to copy into the project
 */
export async function installPacked(fixtures: readonly string[] = []): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), 'jamz-installed-'));
  const modules = join(folder, 'node_modules');
  const packageDir = join(modules, 'trafficjamz');
  await mkdir(packageDir, { recursive: true });
  const packing = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
  await execute('npm', packing, { cwd: root });
  const [name = ''] = (await readdir(folder)).filter((file) => file.endsWith('.tgz'));
  const tarball = join(folder, name);
  await execute('tar', ['-xzf', tarball, '-C', packageDir, '--strip-components=1']);
  for (const dependency of await readdir(join(root, 'node_modules'))) {
    if (dependency === 'trafficjamz') continue;
    await symlink(join(root, 'node_modules', dependency), join(modules, dependency));
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  for (const fixture of fixtures) {
    const from = join(root, 'e2e/frameworks', fixture);
    await cp(from, join(folder, fixture), { recursive: true });
  }

  return {
    folder,
    packageDir,
    tarball,
    async node(args, cwd = folder) {
      try {
        const { stdout } = await execute(process.execPath, args, { cwd, timeout: 120_000 });
        return stdout;
      } catch (error) {
        const { stdout, stderr } = error as { stdout?: string; stderr?: string };
        throw new Error(`node ${args.join(' ')}\n${stdout}\n${stderr}`, { cause: error });
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import type { Package } from 'custom-elements-manifest';
import { rollup } from 'rollup';
import { program } from '../scripts/testing/program.ts';
import { type Installed, installPacked } from './installed.ts';

const root = resolve(import.meta.dirname, '..');
const { exports, bin } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
  exports: Record<string, unknown>;
  bin: { trafficjamz: string };
};
/** What Lit itself sets where there is no DOM, and Vue anywhere. */
const ofVendors = /^(lit[A-Z]|reactiveElementVersions$|customElements$|__VUE)/;
const entries = Object.keys(exports)
  .filter((path) => !path.endsWith('.json'))
  .map((path) => path.replace('./', 'trafficjamz/').replace(/^\.$/, 'trafficjamz'))
  .map((name) => name.replace('*', 'player'));

/** Runs in a process of its own: an import that kept a timer or a socket would not let it end. */
const run = (script: string): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    timeout: 30_000,
  });

describe('the built package', () => {
  for (const name of entries) {
    it(`imports ${name} in Node with no side effect and no DOM`, async () => {
      const { stdout, stderr } = await run(`
        const before = Object.keys(globalThis);
        await import('${name}');
        const added = Object.keys(globalThis).filter((key) => !before.includes(key));
        process.stdout.write(JSON.stringify(added));
      `);
      const added = JSON.parse(stdout) as string[];
      deepEqual(
        added.filter((key) => !ofVendors.test(key)),
        [],
      );
      equal(stderr, '');
    });
  }

  it('connects in Node with its state in memory', async () => {
    const { stdout } = await run(`
      import { connect } from 'trafficjamz';
      const jamz = connect({ server: 'http://127.0.0.1:9', site: 'pk_demo', storage: 'memory' });
      process.stdout.write(jamz.site + ' ' + jamz.session.user$.value);
      await jamz.close();
    `);
    equal(stdout, 'pk_demo null');
  });
});

describe('the packed tarball', () => {
  let project: Installed;
  before(async () => {
    project = await installPacked();
  });
  after(() => project?.remove());

  it('has nothing that publint finds', async () => {
    const publint = join(project.folder, 'node_modules/publint/src/cli.js');
    const args = [publint, 'run', '--strict', '--pack', 'false', project.packageDir];
    match(await project.node(args), /All good!/);
  });

  it('has types that every resolution of ES modules finds, each as what it is', async () => {
    const attw = join(project.folder, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const args = [attw, project.tarball, '--profile', 'esm-only', '--format', 'json'];
    const { problems } = JSON.parse(await project.node(args)) as { problems: object };
    // What is older than ES modules: the profile does not ask for it.
    deepEqual(
      Object.keys(problems).filter((kind) => !/^(NoResolution|CJSResolvesToESM)$/.test(kind)),
      [],
    );
  });

  it('ships every module that custom-elements.json names, and each of them defines what it says', async () => {
    const file = join(project.packageDir, 'dist/custom-elements.json');
    const { modules } = JSON.parse(readFileSync(file, 'utf8')) as Package;
    ok(modules.length >= 24);
    for (const { path, exports: names = [] } of modules) {
      const code = readFileSync(join(project.packageDir, path), 'utf8');
      for (const { kind, name } of names) {
        match(
          code,
          kind === 'js' ? new RegExp(`export \\{.*\\b${name}\\b`) : new RegExp(`"?${name}"?`),
        );
      }
    }
  });

  it('ships a source map beside every file of the elements and the SDK, with the sources in it', () => {
    const cwd = join(project.packageDir, 'dist');
    const scripts = globSync('{cdn,sdk,components,node}/**/*.js', { cwd });
    ok(scripts.length > 300);
    deepEqual(
      scripts.filter((path) => {
        const map = join(cwd, `${path}.map`);
        if (!existsSync(map)) return true;
        const { sources = [], sourcesContent = [] } = JSON.parse(readFileSync(map, 'utf8')) as {
          sources?: string[];
          sourcesContent?: (string | null)[];
        };
        return sources.some((_, at) => typeof sourcesContent[at] !== 'string');
      }),
      [],
    );
  });

  it('serves from an empty folder, with nothing set, as the program that it installs', async () => {
    const folder = join(project.folder, 'empty');
    mkdirSync(folder);
    const server = program({
      command: process.execPath,
      args: [join(project.packageDir, bin.trafficjamz), 'serve', '--json', '--port', '0'],
      env: { NODE_ENV: 'production', DATA_DIR: join(folder, 'data') },
      ready: /"local"/,
    });
    try {
      const { local } = JSON.parse(await server.start()) as { local: string };
      for (const path of ['/healthz', '/', '/cdn/jamz.js']) {
        equal((await fetch(local + path)).status, 200, path);
      }
      equal(await server.end('SIGTERM'), 0);
    } finally {
      await server.end();
    }
  });

  /** Which files of the package a bundler keeps for this code, those that come later included. */
  const kept = async (code: string): Promise<string[]> => {
    const entry = join(project.folder, 'entry.js');
    const bundle = await rollup({
      input: entry,
      // What the package depends on is the host's to bundle.
      external: (id) => !/^([./]|trafficjamz)/.test(id),
      onwarn() {},
      plugins: [
        { name: 'entry', load: (id) => (id === entry ? code : null), resolveId: resolvesTo(entry) },
        nodeResolve({ rootDir: project.folder }),
      ],
    });
    const { output } = await bundle.generate({ format: 'es' });
    const { length } = join(project.packageDir, 'dist/');
    return output
      .flatMap((chunk) => (chunk.type === 'chunk' ? Object.entries(chunk.modules) : []))
      .filter(([id, { renderedLength }]) => id !== entry && renderedLength > 0)
      .map(([id]) => id.slice(length));
  };

  it('leaves nothing of itself where nothing of it is used', async () => {
    deepEqual(await kept("import 'trafficjamz'; import 'trafficjamz/react';"), []);
    deepEqual(await kept("import { JamzPlayer } from 'trafficjamz/components';"), []);
  });

  it('brings of a name what that name needs alone', async () => {
    deepEqual(await kept("import { distanceM } from 'trafficjamz'; print(distanceM);"), [
      'sdk/positions/earth.js',
    ]);
    deepEqual(await kept("import { JamzError } from 'trafficjamz'; print(JamzError);"), [
      'sdk/protocol/errors.js',
    ]);
    const player = await kept("import 'trafficjamz/components/jamz-player';");
    ok(player.includes('components/player/jamz-player.js'));
    deepEqual(
      player.filter((path) => /^components\/(map|playlist|messages|members)\//.test(path)),
      [],
    );
  });

  it('renders its React components where there is no DOM, with nothing opened', async () => {
    const script = `
      import { createElement } from 'react';
      import { renderToString } from 'react-dom/server';
      import * as jamz from 'trafficjamz/react';
      const hooks = Object.entries(jamz).filter(([name]) => /^use(?!Live$)/.test(name));
      const Probe = () => {
        const shown = hooks.map(([name, hook]) => name + ':' + JSON.stringify(hook()));
        return createElement('jamz-player', { layout: 'card', 'data-shown': shown.join(' ') });
      };
      const group = createElement(jamz.GroupProvider, { place: 'weekend' }, createElement(Probe));
      const app = createElement(jamz.JamzProvider, { site: 'pk_demo' }, group);
      process.stdout.write(hooks.length + renderToString(app));
    `;
    const html = await project.node(['--input-type=module', '-e', script]);
    match(html, /^2\d<jamz-player layout="card" data-shown="/);
    match(html, /usePlaylist:undefined/);
    match(html, /usePositionMs:0/);
  });
});

/** A module that is in no file. */
function resolvesTo(entry: string): (id: string) => string | null {
  return (id) => (id === entry ? entry : null);
}

import { existsSync, globSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import commonjsPlugin from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import type { Plugin, RollupOptions } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import packageJson from './package.json' with { type: 'json' };
import { chunkManifest } from './scripts/chunk-manifest.ts';
import { innerNames } from './scripts/inner-names.ts';
import { leanIdb } from './scripts/lean-idb.ts';
import { leanLit } from './scripts/lean-lit.ts';
import { leanRxjs } from './scripts/lean-rxjs.ts';
import { leanTus } from './scripts/lean-tus.ts';
import { plainLimits } from './scripts/plain-limits.ts';
import { plainPrivates } from './scripts/plain-privates.ts';
import { shortProperties } from './scripts/short-properties.ts';
import { shortVariables } from './scripts/short-variables.ts';
import { smallCode } from './scripts/small-code.ts';
import { smallOrder } from './scripts/small-order.ts';
import { smallTemplates } from './scripts/small-templates.ts';
import { websocketFirst } from './scripts/websocket-first.ts';

const tags: readonly string[] = globSync('components/define/jamz-*.ts').map((path) =>
  basename(path, '.ts'),
);
// Its typings are written for CommonJS and so describe the default export one level too deep.
const commonjs = commonjsPlugin as unknown as typeof commonjsPlugin.default;
const dependencies = Object.keys({
  ...packageJson.dependencies,
  ...packageJson.peerDependencies,
});
const { resolveId: _, ...translate }: Plugin = esbuild({
  target: 'es2022',
  tsconfig: 'tsconfig.json',
  define: { JAMZ_TAGS: JSON.stringify(tags) },
});
/** Without its own way of resolving, which would miss the files that packages name for browsers. */
const sources: Plugin = translate;
const vendors: Plugin[] = [
  websocketFirst(),
  leanTus(),
  leanIdb(),
  nodeResolve({ browser: true, exportConditions: ['es2015', 'browser', 'production'] }),
  commonjs(),
];
const small: Plugin[] = smallCode();
/** The files that a page with a player waits for. */
const order: Plugin[] = process.argv.includes('--quick')
  ? []
  : [smallOrder(['base', 'connect', 'jamz-player'])];

/** Elements ask the SDK for `connect` alone; as a whole it would bring what only one of them imports by name. */
const onlyConnect: Plugin = {
  name: 'only-connect',
  resolveDynamicImport: (specifier) =>
    typeof specifier === 'string' && specifier.endsWith('/sdk/index.ts')
      ? resolve('sdk/connect.ts')
      : null,
};

/** What a bundler of a host page reads: one file for each of ours, dependencies left to it. */
const packageFiles: RollupOptions = {
  input: [
    'sdk/index.ts',
    'sdk/protocol/index.ts',
    'sdk/service-worker/index.ts',
    'sdk/testing/index.ts',
    'components/index.ts',
    'components/define.ts',
    'components/states.ts',
    'components/frameworks/react/index.ts',
    'components/frameworks/svelte.ts',
    'components/frameworks/vue.ts',
    ...tags.map((tag) => `components/define/${tag}.ts`),
  ].filter((path) => existsSync(path)),
  external: (id) => dependencies.some((name) => id === name || id.startsWith(`${name}/`)),
  plugins: [sources],
  output: {
    dir: 'dist',
    preserveModules: true,
    preserveModulesRoot: '.',
    sourcemap: true,
    // Hooks run in the browser, wherever else their page is rendered.
    banner: ({ fileName }) =>
      fileName.startsWith('components/frameworks/react/') ? "'use client';" : '',
  },
};

/** What of `components/shared` a player that plays does without. */
const notForPlayers: ReadonlySet<string> = new Set([
  'availability',
  'common-words',
  'composer',
  'controls',
  'describe-me',
  'face',
  'fields',
  'form-keeper',
  'icons',
  'initials',
  'kept-text',
  'late-parts',
  'notices',
  'photo',
  'said',
  'segments',
  'set-style',
  'styles',
  'talk-styles',
  'upload-to-playlist',
]);

/** What of `components/shared` comes with a part that an element loads later. */
const sharedLate: ReadonlySet<string> = new Set([
  'account-field',
  'errand',
  'upgrade-form',
  'upgrade-words',
  'verification',
  'verification-words',
]);

/** `words-de-player-….js` for what an element says in a language: service workers know these by their names. */
function chunkName({ facadeModuleId }: { readonly facadeModuleId: string | null }): string {
  const [, path] = /\/components\/languages\/([\w/-]+)\.ts$/.exec(facadeModuleId ?? '') ?? [];
  return path ? `words-${path.replace('/', '-')}-[hash].js` : '[name]-[hash].js';
}

/** What of the SDK few pages need, or none at once: one file, which a page fetches while it rests. */
const rarely: ReadonlySet<string> = new Set([
  'merge/encode-snapshot',
  'merge/snapshot-versions',
  'return-to-disk',
  'store/first-version',
  'store/lost-pages',
  'store/storage-failure',
  'sync/channel-lead',
  'sync/come-back',
  'sync/follower',
  'sync/summary',
  'sync/tab-host',
  'sync/upgrade-outbox',
]);

/** What a page without a bundler loads: a module for each element, shared parts in hashed chunks. */
const cdn: RollupOptions = {
  input: {
    jamz: 'components/loader/jamz.ts',
    ...Object.fromEntries(tags.map((tag) => [tag, `components/define/${tag}.ts`])),
  },
  plugins: [
    sources,
    plainPrivates('{sdk,components,scripts}/**/*.ts'),
    plainLimits(),
    onlyConnect,
    smallTemplates(),
    shortVariables('components/**/*.ts'),
    leanLit(),
    leanRxjs(),
    ...vendors,
    shortProperties(innerNames),
    small,
    order,
    chunkManifest('manifest.json'),
  ],
  output: {
    dir: 'dist/cdn',
    // The server names the maps in a header.
    sourcemap: 'hidden',
    entryFileNames: '[name].js',
    chunkFileNames: chunkName,
    // Else a chunk takes in whatever its modules import, wanted by all or not.
    onlyExplicitManualChunks: true,
    // One request for what every element needs, Lit too, and one for what most need.
    manualChunks: (id) => {
      if (rarely.has(/\/sdk\/(.*)\.ts$/.exec(id)?.[1] ?? '')) return 'rarely';
      if (/\/languages\/(counted|ar\/isolated)\.ts$/.test(id)) return 'words-shared';
      if (/directive|context-provider|value-notifier/.test(id)) return undefined;
      if (/node_modules\/(lit|lit-html|lit-element|@lit)\//.test(id)) return 'base';
      if (!/\/components\/shared\//.test(id)) return undefined;
      if (sharedLate.has(basename(id, '.ts'))) return undefined;
      return notForPlayers.has(basename(id, '.ts')) ? 'base-more' : 'base';
    },
    hoistTransitiveImports: true,
  },
};

/** The playground imports the built package by name, as any host would. */
const playground: RollupOptions = {
  input: Object.fromEntries(
    globSync('playground/pages/*.ts', { exclude: (path) => path.endsWith('.test.ts') }).map(
      (path) => [basename(path, '.ts'), path],
    ),
  ),
  plugins: [sources, ...vendors, small],
  output: {
    dir: 'dist/playground/assets',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: chunkName,
  },
};

const configurations: RollupOptions[] = [packageFiles, cdn, playground];
export default configurations;

import { nodeResolve } from '@rollup/plugin-node-resolve';
import type { Plugin, RollupOptions } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import { type FileListOptions, fileList } from './file-list.ts';
import { innerNames } from './inner-names.ts';
import { leanIdb } from './lean-idb.ts';
import { leanRxjs } from './lean-rxjs.ts';
import { plainLimits } from './plain-limits.ts';
import { plainPrivates } from './plain-privates.ts';
import { shortProperties } from './short-properties.ts';
import { smallCode } from './small-code.ts';

const { resolveId: _, ...sources }: Plugin = esbuild({
  target: 'es2022',
  tsconfig: 'tsconfig.json',
});

/**
 * Service workers, each one classic script, which every browser takes and a host's own worker can import in one line.
 * They name the files that they keep, and so are built when everything else is written.
 */
export const workerBuilds: readonly RollupOptions[] = [
  workerBuild('dist/cdn/jamz-sw.js', 'sdk/service-worker/jamz-sw.ts', {
    name: 'jamz:modules',
    dir: 'dist/cdn',
    pattern: '*.{js,mjs}',
    maxNeededBytes: 150_000,
    unlisted: /^words-/,
  }),
  workerBuild('dist/playground/sw.js', 'playground/worker/sw.ts', {
    name: 'playground:shell',
    dir: 'dist/playground',
    pattern: '**/*.{html,css,js,mjs,svg,png,webmanifest,geojson}',
    maxNeededBytes: 200_000,
    unlisted: /^assets\/words-/,
  }),
];

/** What a page's engine would load and a worker's never does: it is given its own judgement, which leaves all to the server. */
const neverNeeded = 'sdk/merge/admissible.ts';

/** Else the one file of a worker would hold it, too. */
function withoutNeverNeeded(): Plugin {
  return {
    name: 'without-never-needed',
    load: (id) => (id.endsWith(neverNeeded) ? 'export const refusalOf = undefined;' : null),
  };
}

function workerBuild(file: string, input: string, files: FileListOptions): RollupOptions {
  return {
    input,
    plugins: [
      fileList(files),
      // Without the bundler's own way of resolving, which would miss the files that packages name for browsers.
      withoutNeverNeeded(),
      sources,
      plainPrivates('{sdk,playground,scripts}/**/*.ts'),
      plainLimits(),
      leanRxjs(),
      leanIdb(),
      nodeResolve({ browser: true, exportConditions: ['es2015', 'browser', 'production'] }),
      shortProperties(innerNames),
      smallCode(),
    ],
    output: { file, format: 'iife', sourcemap: 'hidden', inlineDynamicImports: true },
  };
}

import { nodeResolve } from '@rollup/plugin-node-resolve';
import type { Plugin, RollupOptions } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import { type FileListOptions, fileList } from './file-list.ts';
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
  }),
  workerBuild('dist/playground/sw.js', 'playground/worker/sw.ts', {
    name: 'playground:shell',
    dir: 'dist/playground',
    pattern: '**/*.{html,css,js,mjs,svg,png,webmanifest,geojson}',
    maxNeededBytes: 200_000,
  }),
];

function workerBuild(file: string, input: string, files: FileListOptions): RollupOptions {
  return {
    input,
    plugins: [
      fileList(files),
      // Without the bundler's own way of resolving, which would miss the files that packages name for browsers.
      sources,
      nodeResolve({ browser: true, exportConditions: ['es2015', 'browser', 'production'] }),
      smallCode(),
    ],
    output: { file, format: 'iife', sourcemap: 'hidden', inlineDynamicImports: true },
  };
}

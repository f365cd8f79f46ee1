import { join } from 'node:path';
import type { Plugin } from 'rollup';

/**
 * A rollup plugin that brings `small-observable.ts` in RxJS's place. It has what the SDK's streams need; a build fails
 * that needs more.
 */
export function leanRxjs(): Plugin {
  return {
    name: 'lean-rxjs',
    resolveId: (source) =>
      source === 'rxjs' ? join(import.meta.dirname, 'small-observable.ts') : null,
  };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { distDir } from '../../config/package-root.ts';
import type { Check, Finding } from './finding.ts';

/** What `npm run build` writes. */
export const checkPages: Check = async () => [pagesFinding()];

function pagesFinding(): Finding {
  const check = 'Pages';
  return existsSync(join(distDir(), 'playground', 'index.html'))
    ? { check, result: 'ok', message: 'the playground is built' }
    : { check, result: 'note', message: 'the playground is not built: run "npm run build"' };
}

// `npm run engines [-- FILES]`: the component suite in Firefox and WebKit too; without FILES all of it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root, run, say } from './bootstrap.mjs';
import { ensureOtherEngines } from './browser.mjs';

await ensureInstalled();
const env = await ensureOtherEngines();
const engines = {
  Firefox: env.FIREFOX_PATH,
  WebKit: env.WEBKIT_DRIVER_PATH && env.WEBKIT_BROWSER_PATH,
};
const missing = Object.keys(engines).filter((name) => !engines[name]);
for (const name of missing) {
  say(`SKIPPED: the component suite in ${name}, which is not here and cannot be installed.`);
}
const files = process.argv.slice(2);
if (missing.length < Object.keys(engines).length) {
  const args = [
    '--config',
    'web-test-runner.engines.config.mjs',
    ...(files.length > 0 ? ['--files', ...files] : []),
  ];
  process.exitCode = await run(join(root, 'node_modules/.bin/wtr'), args, { env });
} else if (process.env.JAMZ_COUNTS) {
  const counts = { passed: 0, failed: 0, skipped: missing.length };
  writeFileSync(process.env.JAMZ_COUNTS, JSON.stringify(counts));
}

// `npm test [-- --only lint|types|node|browser|engines|build|e2e]`: everything, in order. Node 20 or newer.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, node24, root, run, say } from './bootstrap.mjs';
import { ensureBrowser, ensureOtherEngines } from './browser.mjs';
import { ensureServices } from './services.mjs';
import { tally } from './tally.mjs';

const reporter = [`--test-reporter=${join(root, 'scripts/node-reporter.mjs')}`];
const countsDir = mkdtempSync(join(tmpdir(), 'jamz-test-'));
const tool = (name) => join(root, 'node_modules/.bin', name);

/** A suite writes its own counts to JAMZ_COUNTS; another step counts as one check. */
const steps = [
  { name: 'lint', command: tool('biome'), args: ['check', '--error-on-warnings', '.'] },
  { name: 'types', command: tool('tsc'), args: ['-p', '.'] },
  {
    name: 'node',
    suite: true,
    services: true,
    command: node24,
    args: [
      '--test',
      '--test-timeout=120000',
      ...reporter,
      '{sdk,server,simulator,scripts,bench,playground}/**/!(*.browser).test.{ts,mjs}',
    ],
  },
  { name: 'browser', suite: true, browser: true, command: tool('wtr'), args: [] },
  {
    name: 'engines',
    suite: true,
    command: node24,
    // What every element does on any page, and its own first file; `npm run engines` runs all of it.
    args: [
      'scripts/engines.mjs',
      'components/gold-standard.test.ts',
      'components/shared/testing/*.test.ts',
      'components/*/jamz-*.test.ts',
    ],
  },
  { name: 'build', command: node24, args: ['scripts/build.ts'] },
  {
    name: 'e2e',
    suite: true,
    browser: true,
    engines: true,
    command: node24,
    args: ['--test', '--test-timeout=180000', '--test-concurrency=1', ...reporter, 'e2e/*.test.ts'],
  },
];

try {
  const chosen = chooseSteps(process.argv.slice(2));
  await ensureInstalled();
  const results = [];
  for (const step of chosen) results.push(await runStep(step));
  const total = tally(results);
  say(
    `\n${results.map(({ name, line, seconds }) => `${name.padEnd(8)} ${line} (${seconds} s)`).join('\n')}`,
  );
  say(total.line);
  process.exitCode = total.failed > 0 ? 1 : 0;
} catch (error) {
  say(error.message);
  say(tally([{ passed: 0, failed: 1, skipped: 0 }]).line);
  process.exitCode = 1;
} finally {
  rmSync(countsDir, { recursive: true, force: true });
}

function chooseSteps(args) {
  if (args.length === 0) return steps;
  const names = args[0] === '--only' ? (args[1] ?? '').split(',') : [];
  const chosen = steps.filter(({ name }) => names.includes(name));
  if (chosen.length > 0 && chosen.length === names.length) return chosen;
  throw new Error(`Usage: npm test [-- --only ${steps.map(({ name }) => name).join('|')}]`);
}

async function runStep(step) {
  say(`\n── ${step.name} ${'─'.repeat(Math.max(0, 60 - step.name.length))}`);
  const started = performance.now();
  const countsFile = join(countsDir, `${step.name}.json`);
  const env = { JAMZ_COUNTS: countsFile };
  if (step.browser) env.CHROME_PATH = await ensureBrowser();
  if (step.services) Object.assign(env, await ensureServices());
  if (step.engines) Object.assign(env, await ensureOtherEngines());

  const status = await run(step.command, step.args, { env });
  const counts = countsOf(step, status, countsFile);
  const seconds = Math.round((performance.now() - started) / 1000);
  return { name: step.name, seconds, ...counts, line: tally([counts]).line };
}

function countsOf(step, status, countsFile) {
  if (!step.suite)
    return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
  const counts = existsSync(countsFile)
    ? JSON.parse(readFileSync(countsFile, 'utf8'))
    : { passed: 0, failed: 0, skipped: 0 };
  // A suite that died, or that found no test at all, has not passed.
  const silent = counts.passed + counts.failed + counts.skipped === 0;
  if (counts.failed === 0 && (status !== 0 || silent)) return { ...counts, failed: 1 };
  return counts;
}

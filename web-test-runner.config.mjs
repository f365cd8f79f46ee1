import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher, defaultReporter } from '@web/test-runner';
import { bundledVendors } from './scripts/bundled-vendors.mjs';
import { withoutWraps } from './scripts/lean-idb.ts';
import { litFileOf, withoutHooks } from './scripts/lean-lit.ts';
import { wtrCounts } from './scripts/wtr-counts.mjs';

/** Real Chromium for sdk and components: `wtr`, or `wtr --files 'components/player/*.test.ts'`. */
export default {
  files: ['{sdk,simulator}/**/*.browser.test.ts', 'components/**/*.test.ts'],
  nodeResolve: { exportConditions: ['browser', 'production'] },
  // One page at a time: a page behind another draws no frames, and what is seen depends on frames.
  concurrency: 1,
  testsStartTimeout: 60_000,
  // A file holds hundreds of tests, each of which has an end of its own.
  testsFinishTimeout: 600_000,
  testFramework: { config: { timeout: 20_000 } },
  reporters: [defaultReporter({ reportTestProgress: process.stdout.isTTY }), wtrCounts()],
  plugins: [
    // As the bundles for pages have it; what tests import of RxJS is RxJS's.
    {
      name: 'lean-rxjs',
      resolveImport: ({ source, context }) =>
        source === 'rxjs' && /^\/sdk\/(?!.*\.test\.ts$)/.test(context.path)
          ? '/scripts/small-observable.ts'
          : undefined,
    },
    bundledVendors(['localforage', 'rxjs', 'socket.io-client', 'tus-js-client', 'qrcode']),
    // A test that waits for a condition waits as long as a test may take: on a machine that is busy a second is nothing.
    {
      name: 'patient-waits',
      transform: ({ path, body }) =>
        path.endsWith('/@open-wc/testing-helpers/src/helpers.js')
          ? body.replace('timeout = 1000', 'timeout = 18_000')
          : undefined,
    },
    // As the bundles for pages have it.
    {
      name: 'lean-idb',
      transform: ({ path, body }) =>
        path.endsWith('/idb/build/index.js')
          ? withoutWraps(body, '/scripts/idb-wrap.ts').toString()
          : undefined,
    },
    {
      name: 'lean-lit',
      transform({ path, body }) {
        const name = litFileOf(path);
        return name && withoutHooks(body, name).toString();
      },
    },
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.json' }),
  ],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
        headless: true,
        args: [
          '--no-sandbox',
          '--headless=new',
          '--use-gl=angle',
          '--use-angle=swiftshader',
          '--enable-unsafe-swiftshader',
          '--autoplay-policy=no-user-gesture-required',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-domain-reliability',
          '--disable-sync',
          '--no-first-run',
          '--disable-dev-shm-usage',
        ],
      },
    }),
  ],
  filterBrowserLogs: ({ args }) =>
    !args.some((arg) => typeof arg === 'string' && arg.includes('Lit is in dev mode')),
};

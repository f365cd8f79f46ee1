import { firefox } from './e2e/engines/firefox.ts';
import { webkit } from './e2e/engines/webkit.ts';
import { engineLauncher } from './scripts/testing/engine-launcher.ts';
import chromium from './web-test-runner.config.mjs';

/** The component suite in the engines that are no Chromium: `npm run engines`. */
export default {
  ...chromium,
  files: ['components/**/*.test.ts'],
  browserStartTimeout: 120_000,
  browsers: [firefox, webkit].filter(({ missing }) => missing === undefined).map(engineLauncher),
};

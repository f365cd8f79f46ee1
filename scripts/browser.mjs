// Runs on Node 20 before anything is installed: no dependencies, no TypeScript.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, say } from './bootstrap.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The path of a Chromium. Where there is none, installs Debian's package when it may (root, apt);
 * otherwise the error says what to do.
 */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (await installed('chromium')) {
    const now = findBrowser();
    if (now) return now;
  }
  throw new Error(
    'The browser tests need Chromium or Chrome and found none. Install one (Debian: sudo apt-get install chromium), or set CHROME_PATH to its program.',
  );
}

/**
 * Where Firefox and WebKit are, as variables for the tests. What is missing is installed where Debian's packages can be;
 * otherwise its variable stays unset, and the tests that want it say so and are skipped.
 */
export async function ensureOtherEngines() {
  const { FIREFOX_PATH, WEBKIT_DRIVER_PATH, WEBKIT_BROWSER_PATH } = process.env;
  const given = { FIREFOX_PATH, WEBKIT_DRIVER_PATH, WEBKIT_BROWSER_PATH };
  if (!findFirefox()) await installed('firefox-esr');
  if (!findWebKit() || !onPath(['xvfb-run'])) {
    await installed('webkit2gtk-driver', 'xvfb', 'xauth');
  }
  const found = {
    FIREFOX_PATH: findFirefox(),
    WEBKIT_DRIVER_PATH: onPath(['xvfb-run']) && onPath(['WebKitWebDriver']),
    WEBKIT_BROWSER_PATH: findWebKit(),
  };
  const env = {};
  for (const [name, path] of Object.entries(found)) {
    const chosen = given[name] ?? path;
    if (chosen) env[name] = chosen;
  }
  return env;
}

/** Installs Debian packages where this process may. @returns whether it did */
export async function installed(...packages) {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return false;
  say(`Installing Debian’s ${packages.join(', ')} with apt-get …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
  await run('apt-get', ['update', ...quiet], { env });
  const install = ['install', '-y', '--no-install-recommends', ...quiet, ...packages];
  return (await run('apt-get', install, { env })) === 0;
}

function findFirefox() {
  return onPath(['firefox-esr', 'firefox']);
}

/** Beside the driver, in the folder of the library that Debian has. */
function findWebKit() {
  const folders = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].flatMap((machine) =>
    ['6.0', '4.1', '4.0'].map((version) => `/usr/lib/${machine}/webkit2gtk-${version}`),
  );
  return folders.map((folder) => join(folder, 'MiniBrowser')).find((path) => existsSync(path));
}

/** The first of these programs that there is. */
export function onPath(programs) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders
    .flatMap((folder) => programs.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}

function findBrowser() {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`CHROME_PATH names ${given}, which does not exist.`);
  }
  return onPath(names) ?? places.find((path) => existsSync(path));
}

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
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    say('No browser found: installing Debian’s package chromium with apt-get …');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
    await run('apt-get', ['update', ...quiet], { env });
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...quiet, 'chromium'], {
      env,
    });
    const installed = findBrowser();
    if (installed) return installed;
  }
  throw new Error(
    'The browser tests need Chromium or Chrome and found none. Install one (Debian: sudo apt-get install chromium), or set CHROME_PATH to its program.',
  );
}

function findBrowser() {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`CHROME_PATH names ${given}, which does not exist.`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...places].find((path) => existsSync(path));
}

// `npm run dev [-- serve arguments]`: the server, restarted on its changes, and dist/ built anew on the pages' changes.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const settleMs = 150;

const build = (): Promise<void> =>
  new Promise((done) => {
    const child = spawn(process.execPath, ['scripts/build.ts', '--quick'], {
      cwd: root,
      stdio: 'inherit',
    });
    child.on('exit', (code) => {
      console.log(
        code === 0 ? 'Built. Reload the page.' : 'The build failed; the lines above say where.',
      );
      done();
    });
  });

let building: Promise<void> = build();
let settling: ReturnType<typeof setTimeout> | undefined;
for (const folder of ['sdk', 'components', 'playground']) {
  watch(join(root, folder), { recursive: true }, () => {
    clearTimeout(settling);
    settling = setTimeout(() => {
      building = building.then(build);
    }, settleMs);
  });
}

await building;
const server = spawn(
  process.execPath,
  ['--watch', '--watch-preserve-output', 'server/main.ts', 'serve', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => server.kill(signal));
}
server.on('exit', (code) => process.exit(code ?? 0));

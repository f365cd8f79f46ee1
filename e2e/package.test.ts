import { deepEqual, equal } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '..');
const { exports } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
  exports: Record<string, unknown>;
};
/** What Lit itself sets where there is no DOM. */
const ofLit = /^(lit[A-Z]|reactiveElementVersions$|customElements$)/;
const entries = Object.keys(exports)
  .filter((path) => !path.endsWith('.json'))
  .map((path) => path.replace('./', 'trafficjamz/').replace(/^\.$/, 'trafficjamz'))
  .map((name) => name.replace('*', 'player'));

/** Runs in a process of its own: an import that kept a timer or a socket would not let it end. */
const run = (script: string): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    timeout: 30_000,
  });

describe('the built package', () => {
  for (const name of entries) {
    it(`imports ${name} in Node with no side effect and no DOM`, async () => {
      const { stdout, stderr } = await run(`
        const before = Object.keys(globalThis);
        await import('${name}');
        const added = Object.keys(globalThis).filter((key) => !before.includes(key));
        process.stdout.write(JSON.stringify(added));
      `);
      const added = JSON.parse(stdout) as string[];
      deepEqual(
        added.filter((key) => !ofLit.test(key)),
        [],
      );
      equal(stderr, '');
    });
  }

  it('connects in Node with its state in memory', async () => {
    const { stdout } = await run(`
      import { connect } from 'trafficjamz';
      const jamz = connect({ server: 'http://127.0.0.1:9', site: 'pk_demo', storage: 'memory' });
      process.stdout.write(jamz.site + ' ' + jamz.session.user$.value);
      await jamz.close();
    `);
    equal(stdout, 'pk_demo null');
  });
});

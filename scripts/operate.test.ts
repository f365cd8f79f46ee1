import { deepEqual, equal } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { ignoredVariables, readConfig } from '../server/config/read-config.ts';

const root = resolve(import.meta.dirname, '..');
const text = readFileSync(`${root}/docs/operate.md`, 'utf8');
const source = ['read-config', 'influx-config', 'push-config', 's3-config']
  .map((name) => readFileSync(`${root}/server/config/${name}.ts`, 'utf8'))
  .join('\n');

/** Name and default, as the table has them. */
const rows = [...text.matchAll(/^\| `([A-Z0-9_]+)` *\| (.*?) *\|/gm)].map(
  ([, name = '', without = '']) => [name, without] as const,
);

describe('docs/operate.md', () => {
  it('has each variable that the server reads, and no other', () => {
    const read = [...source.matchAll(/read\('([A-Z0-9_]+)'/g)].map(([, name]) => name);
    deepEqual(rows.map(([name]) => name).sort(), read.sort());
  });

  it('names the defaults that the server takes', () => {
    const { host, port, logLevel } = readConfig({});
    const without = Object.fromEntries(rows);
    equal(without['HOST'], `\`${host}\``);
    equal(without['PORT'], `\`${port}\``);
    equal(without['LOG_LEVEL'], `\`${logLevel}\``);
    equal(resolve((without['DATA_DIR'] ?? '').replaceAll('`', '')), readConfig({}).dataDir);
  });

  it('names what keeps the server from starting', () => {
    const refused = [...source.matchAll(/\['([A-Z0-9_]+)', '[^']*not built/g)].map(
      ([, name]) => name,
    );
    equal(refused.length > 0, true);
    for (const name of refused) equal(text.includes(`\`${name}\``), true, name);
  });

  it('calls only what is harmless harmless', () => {
    deepEqual(ignoredVariables({ OPENAI_API_KEY: 'x' }), ['OPENAI_API_KEY']);
  });
});

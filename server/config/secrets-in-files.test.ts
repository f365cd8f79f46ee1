import { deepEqual, equal, match, throws } from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { readConfig } from './read-config.ts';
import { secretVariables } from './secrets-in-files.ts';

describe('secrets in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jamz-secrets-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const inFile = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const long = 'a secret of more than thirty-two characters';

  it('are taken as if they were in the environment, without the line end of an editor', () => {
    const config = readConfig({
      AUTH_SECRET_FILE: inFile('auth', `${long}\n`),
      REDIS_URL_FILE: inFile('redis', 'redis://:pass@127.0.0.1:6379'),
    });
    deepEqual([config.authSecret, config.redisUrl], [long, 'redis://:pass@127.0.0.1:6379']);
  });

  it('keep the server from starting where a file is missing or empty, and say which', () => {
    const missing = join(folder, 'missing');
    throws(() => readConfig({ AUTH_SECRET_FILE: missing }), {
      message: `AUTH_SECRET_FILE names ${missing}, which cannot be read or is empty`,
    });
    throws(() => readConfig({ ADMIN_TOKEN_FILE: inFile('empty', '\n') }), /ADMIN_TOKEN_FILE names/);
  });

  it('are not guessed at where the variable is set as well', () => {
    const both = { AUTH_SECRET: long, AUTH_SECRET_FILE: inFile('auth', long) };
    throws(() => readConfig(both), /AUTH_SECRET and AUTH_SECRET_FILE are both set/);
  });

  it('are checked as those in the environment are, and not shown', () => {
    const path = inFile('short', 'too short to sign');
    throws(
      () => readConfig({ AUTH_SECRET_FILE: path }),
      ({ message }: Error) => {
        match(message, /AUTH_SECRET/);
        return !message.includes('too short to sign');
      },
    );
  });

  it('are named in docs/operate.md, each', () => {
    const text = readFileSync(resolve(import.meta.dirname, '../../docs/operate.md'), 'utf8');
    const [, told = ''] = /### Secrets in files\n([\s\S]*?)\n##/.exec(text) ?? [];
    for (const name of secretVariables) equal(told.includes(`\`${name}_FILE\``), true, name);
  });
});

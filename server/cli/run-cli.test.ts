import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Terminal } from './command.ts';
import { commands, runCli } from './run-cli.ts';

/** A terminal that keeps what is printed, and stops the server when a test says so. */
interface FakeTerminal extends Terminal {
  readonly printed: string[];
  readonly complaints: string[];
  readonly exits: number[];
  /** Resolves with the first line that was printed. */
  readonly firstLine: Promise<string>;
  stop(): void;
}

function fakeTerminal(env: Record<string, string>): FakeTerminal {
  const { promise: firstLine, resolve } = Promise.withResolvers<string>();
  const listeners: (() => void)[] = [];
  const printed: string[] = [];
  const complaints: string[] = [];
  const exits: number[] = [];
  return {
    env: { LOG_LEVEL: 'silent', PORT: '0', ...env },
    isTty: false,
    printed,
    complaints,
    exits,
    firstLine,
    print(line) {
      printed.push(line);
      resolve(line);
    },
    complain: (line) => complaints.push(line),
    onStop: (listener) => listeners.push(listener),
    exit: (status) => exits.push(status),
    stop() {
      for (const listener of listeners) listener();
    },
  };
}

describe('the command line', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'jamz-cli-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const run = async (argv: string[], env: Record<string, string> = {}) => {
    const terminal = fakeTerminal({ DATA_DIR: dataDir, ...env });
    const status = await runCli(argv, terminal);
    return { status, out: terminal.printed.join('\n'), err: terminal.complaints.join('\n') };
  };

  it('names every command on --help, and explains each', async () => {
    const { status, out } = await run(['--help']);
    equal(status, 0);
    for (const { name, summary } of commands) {
      match(out, new RegExp(`  ${name} +`));
      const help = await run([...name.split(' '), '--help']);
      equal(help.status, 0);
      equal(help.out.startsWith(`Usage: trafficjamz ${name}`), true);
      equal(help.out.includes(summary), true);
    }
  });

  for (const argv of [[], ['dance'], ['sites'], ['serve', '--loud'], ['sites', 'add']]) {
    it(`exits with 2 and says how it is right when asked "${argv.join(' ')}"`, async () => {
      const { status, out, err } = await run(argv);
      deepEqual([status, out], [2, '']);
      equal(err.length > 0, true);
    });
  }

  describe('serve', () => {
    it('prints where it listens, answers there, and ends with 0 when asked to stop', async () => {
      const terminal = fakeTerminal({ DATA_DIR: dataDir });
      const status = runCli(['serve', '--json'], terminal);
      const { local } = JSON.parse(await terminal.firstLine);
      equal((await fetch(`${local}/healthz`)).status, 200);
      terminal.stop();
      equal(await status, 0);
      deepEqual(terminal.exits, []);
    });

    it('stops at once when asked a second time', async () => {
      const terminal = fakeTerminal({ DATA_DIR: dataDir });
      const status = runCli(['serve', '--json'], terminal);
      await terminal.firstLine;
      terminal.stop();
      terminal.stop();
      deepEqual(terminal.exits, [130]);
      await status;
    });

    it('exits with 2 when the port is in use, and names it', async () => {
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      const address = other.address();
      const port = String(typeof address === 'object' ? address?.port : '');
      const { status, err } = await run(['serve', '--port', port]);
      other.close();
      equal(status, 2);
      match(err, new RegExp(`^PORT ${port} on 127\\.0\\.0\\.1 is in use: stop .* --port$`));
    });

    it('[WR9] exits with 2 when another server has the data folder', async () => {
      const terminal = fakeTerminal({ DATA_DIR: dataDir });
      const first = runCli(['serve', '--json'], terminal);
      await terminal.firstLine;
      const { status, err } = await run(['serve']);
      terminal.stop();
      equal(status, 2);
      match(err, /^DATA_DIR .* is in use by another process/);
      equal(await first, 0);
    });

    it('exits with 2 when the data folder cannot be made', async () => {
      const file = join(dataDir, 'file');
      writeFileSync(file, '');
      const { status, err } = await run(['serve'], { DATA_DIR: join(file, 'data') });
      equal(status, 2);
      match(err, /^DATA_DIR .*\/file\/data cannot be used \(.*\): choose a folder/);
    });

    it('exits with 2 when a variable is wrong, and names it', async () => {
      const { status, err } = await run(['serve'], { LOG_LEVEL: 'loud' });
      equal(status, 2);
      match(err, /^LOG_LEVEL must be one of /);
    });

    it('exits with 2 when a certificate is missing or none', async () => {
      const missing = { TLS_CERT: join(dataDir, 'no.crt'), TLS_KEY: join(dataDir, 'no.key') };
      match((await run(['serve'], missing)).err, /^TLS_CERT .* cannot be read/);
      const none = join(dataDir, 'none.pem');
      writeFileSync(none, 'no PEM');
      const { status, err } = await run(['serve'], { TLS_CERT: none, TLS_KEY: none });
      equal(status, 2);
      match(err, /^TLS_CERT .* is not a PEM file/);
    });

    it('says as JSON what is wrong, where a machine asks', async () => {
      const { status, out } = await run(['serve', '--json'], { LOG_LEVEL: 'loud' });
      equal(status, 2);
      match(JSON.parse(out).error, /^LOG_LEVEL must be one of /);
    });

    it('says that nobody answers at the address of the database, and not its password', async () => {
      const MONGODB_URI = 'mongodb://u:s3cret@127.0.0.1:9/jamz?serverSelectionTimeoutMS=200';
      const { status, err } = await run(['serve'], { MONGODB_URI });
      equal(status, 2);
      match(err, /^MONGODB_URI mongodb:\/\/127.0.0.1:9\/jamz cannot be used \(.*ECONNREFUSED/);
      equal(err.includes('s3cret'), false);
      const { out } = await run(['doctor'], { MONGODB_URI });
      match(out, /✗ MONGODB_URI: MONGODB_URI mongodb:\/\/127.0.0.1:9\/jamz cannot be used/);
    });

    it('serves phones nearby over TLS, with a code to scan', async () => {
      const terminal = fakeTerminal({ DATA_DIR: dataDir });
      const status = runCli(['serve', '--lan'], terminal);
      await terminal.firstLine;
      terminal.stop();
      equal(await status, 0);
      const printed = terminal.printed.join('\n');
      match(printed, /https:\/\//);
      equal(/▀|▄|█/.test(printed) || /is in no network/.test(printed), true);
    });
  });

  describe('sites', () => {
    const added = async (...more: string[]) => {
      const argv = ['sites', 'add', 'Shop', '--origin', 'https://shop.example', ...more, '--json'];
      return JSON.parse((await run(argv)).out);
    };

    it('adds one, shows its secret this once, and lists it without', async () => {
      const { key, secret, policy } = await added();
      match(key, /^pk_[0-9a-z]{20}$/);
      match(secret, /^sk_/);
      equal(policy, 'invite');
      const { out } = await run(['sites', 'list', '--json']);
      deepEqual(
        JSON.parse(out).map((site: { key: string }) => site.key),
        [key],
      );
      equal(out.includes('sk_'), false);
    });

    it('gives one a new secret', async () => {
      const { key, secret } = await added();
      const rotated = JSON.parse((await run(['sites', 'rotate', key, '--json'])).out);
      equal(rotated.key, key);
      equal(rotated.secret === secret, false);
    });

    it('changes who may come in', async () => {
      const { key } = await added('--policy', 'signed');
      match((await run(['sites', 'policy', key, 'open'])).out, /policy {3}open/);
    });

    for (const [what, argv] of [
      ['an origin with a path', ['sites', 'add', 'A', '--origin', 'https://a.example/x']],
      ['no origin', ['sites', 'add', 'A']],
      ['a policy that is none', ['sites', 'add', 'A', '--origin', '*', '--policy', 'closed']],
      ['a key that is none', ['sites', 'add', 'A', '--origin', '*', '--key', 'a b']],
      ['an unknown key', ['sites', 'rotate', 'pk_nobody']],
      ['too many words', ['sites', 'policy', 'a', 'open', 'now']],
    ] as const) {
      it(`exits with 2 on ${what}, and adds nothing`, async () => {
        const { status, err } = await run([...argv]);
        equal(status, 2);
        equal(err.length > 0, true);
        deepEqual(JSON.parse((await run(['sites', 'list', '--json'])).out), []);
      });
    }
  });

  describe('doctor', () => {
    it('says that the mail server is not there, without its password', async () => {
      const { status, out } = await run(['doctor'], {
        SMTP_URL: 'smtp://jamz:s3cret-word@127.0.0.1:1',
      });
      equal(status, 2);
      match(out, /✗ SMTP_URL: The mail server cannot be used \(ESOCKET\): check SMTP_URL/);
      equal(out.includes('s3cret-word'), false);
    });

    it('finds nothing wrong with the defaults', async () => {
      const { status, out } = await run(['doctor']);
      equal(status, 0);
      match(out, /✓ Node/);
      match(out, /✓ DATA_DIR/);
    });

    it('names what is wrong and exits with 2', async () => {
      const missing = { TLS_CERT: join(dataDir, 'no.crt'), TLS_KEY: join(dataDir, 'no.key') };
      const { status, out } = await run(['doctor', '--json'], missing);
      equal(status, 2);
      const findings: { check: string; result: string }[] = JSON.parse(out);
      deepEqual(
        findings.filter(({ result }) => result === 'failed').map(({ check }) => check),
        ['TLS'],
      );
    });
  });
});

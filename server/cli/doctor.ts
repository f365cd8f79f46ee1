import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { openMailer, openSites } from '../compose.ts';
import type { Config } from '../config/config.ts';
import { distDir } from '../config/package-root.ts';
import { ignoredVariables, readConfig } from '../config/read-config.ts';
import { describeStore } from '../open-store.ts';
import type { Command } from './command.ts';

/** One thing that was looked at. `note` is worth knowing and stops nothing. */
interface Finding {
  readonly check: string;
  readonly result: 'ok' | 'note' | 'failed';
  readonly message: string;
}

const oldestNode = 24;

export const doctor: Command = {
  name: 'doctor',
  usage: '',
  summary: 'Checks the configuration and everything it names, and says what to do.',
  options: {},
  optionHelp: [],
  async run({ terminal, json }) {
    const config = readConfig(terminal.env);
    const findings: Finding[] = [
      nodeFinding(process.versions.node),
      await storeFinding(config),
      await portFinding(config),
      await tlsFinding(config),
      pagesFinding(),
      await mailFinding(config),
      ...ignoredVariables(terminal.env).map((name): Finding => {
        const message = 'is set, but this version does not use it';
        return { check: name, result: 'note', message };
      }),
    ];
    if (json) terminal.print(JSON.stringify(findings));
    else for (const finding of findings) terminal.print(lineOf(finding));
    return findings.some(({ result }) => result === 'failed') ? 2 : 0;
  },
};

const marks = { ok: '✓', note: '·', failed: '✗' } as const;

function lineOf({ check, result, message }: Finding): string {
  return `${marks[result]} ${check}: ${message}`;
}

function nodeFinding(version: string): Finding {
  return Number.parseInt(version, 10) >= oldestNode
    ? { check: 'Node', result: 'ok', message: version }
    : { check: 'Node', result: 'failed', message: `${version} is too old: use ${oldestNode}` };
}

async function storeFinding(config: Config): Promise<Finding> {
  const check = config.mongodbUri === undefined ? 'DATA_DIR' : 'MONGODB_URI';
  try {
    const { sites, close } = await openSites(config);
    const count = (await sites.list().finally(close)).length;
    const { name, hint } = await describeStore(config);
    const message = `${name} answers, ${count} site${count === 1 ? '' : 's'}`;
    if (hint !== undefined) return { check, result: 'note', message: `${message}; ${hint}` };
    return { check, result: 'ok', message };
  } catch (error) {
    return { check, result: 'failed', message: messageOf(error) };
  }
}

async function mailFinding(config: Config): Promise<Finding> {
  const mailer = openMailer(config);
  const check = 'SMTP_URL';
  try {
    await mailer.check();
  } catch (error) {
    return { check, result: 'failed', message: messageOf(error) };
  } finally {
    await mailer.close();
  }
  if (config.smtpUrl !== undefined) {
    return { check, result: 'ok', message: `mails go out as ${config.mailFrom}` };
  }
  const folder = join(config.dataDir, 'mail');
  const message = `is not set: mails are not sent but written to ${folder}`;
  return { check, result: 'note', message };
}

async function portFinding({ host, port }: Config): Promise<Finding> {
  const probe = createServer();
  const { promise, resolve } = Promise.withResolvers<Finding>();
  probe.once('error', (error) => {
    const message = `${host}:${port} cannot be listened on (${messageOf(error)}): stop what has it, or set another PORT or HOST. If it is this server, all is well`;
    resolve({ check: 'PORT', result: 'note', message });
  });
  probe.listen(port, host, () => {
    probe.close(() => resolve({ check: 'PORT', result: 'ok', message: `${host}:${port} is free` }));
  });
  return promise;
}

async function tlsFinding({ tls }: Config): Promise<Finding> {
  const check = 'TLS';
  if (tls.kind !== 'files') return { check, result: 'ok', message: 'not configured' };
  try {
    const [cert] = await Promise.all([readFile(tls.certPath, 'utf8'), readFile(tls.keyPath)]);
    const { validTo } = new X509Certificate(cert);
    return { check, result: 'ok', message: `the certificate is good until ${validTo}` };
  } catch (error) {
    const message = `TLS_CERT or TLS_KEY cannot be used: ${messageOf(error)}`;
    return { check, result: 'failed', message };
  }
}

function pagesFinding(): Finding {
  const check = 'Pages';
  return existsSync(join(distDir(), 'playground', 'index.html'))
    ? { check, result: 'ok', message: 'the playground is built' }
    : { check, result: 'note', message: 'the playground is not built: run "npm run build"' };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

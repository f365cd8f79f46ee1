import { deepEqual, equal, match } from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { newVapidKeys } from '../../adapters/push/web-push.ts';
import { selfSignedCertificate } from '../../http/self-signed.ts';
import { clockFinding } from './clock.ts';
import { descriptorFindings } from './descriptors.ts';
import { diskFinding } from './disk.ts';
import { pushFinding } from './push.ts';
import { secretFindings } from './secrets.ts';
import { tlsFinding } from './tls.ts';

describe('what doctor looks at', () => {
  const noSecrets = { authSecret: undefined, adminToken: undefined, metricsToken: undefined };
  const secrets = (given: object) =>
    secretFindings({ ...noSecrets, publicUrl: undefined, ...given }).map(({ check, result }) => [
      check,
      result,
    ]);

  it('lets secrets of chance pass, and none that somebody could guess', () => {
    for (let tried = 0; tried < 200; tried++) {
      for (const authSecret of [
        randomBytes(48).toString('base64'),
        randomBytes(32).toString('hex'),
      ]) {
        deepEqual(secrets({ authSecret }), [['AUTH_SECRET', 'ok']], authSecret);
      }
    }
    for (const weak of [
      'a'.repeat(40),
      'please-change-me-please-change-me-',
      'qwertyuiop[]qwertyuiop[]qwertyuiop[]',
      '11112222333344445555666677778888',
    ]) {
      deepEqual(secrets({ authSecret: weak }), [['AUTH_SECRET', 'failed']], weak);
    }
  });

  it('asks for a secret of one’s own on a public server, and looks at each that is given', () => {
    deepEqual(secrets({ publicUrl: 'https://jamz.example' }), [['AUTH_SECRET', 'note']]);
    deepEqual(secrets({ adminToken: 'x'.repeat(32), metricsToken: 'y'.repeat(32) }), [
      ['AUTH_SECRET', 'ok'],
      ['ADMIN_TOKEN', 'failed'],
      ['METRICS_TOKEN', 'failed'],
    ]);
  });

  it('says how much room is left', () => {
    equal(diskFinding(50e9).result, 'ok');
    equal(diskFinding(1e9).result, 'note');
    equal(diskFinding(1e8).result, 'failed');
  });

  it('sees a clock that is behind what is stored, or that nobody keeps', () => {
    const nowMs = Date.parse('2027-01-01');
    equal(clockFinding(nowMs, 0, true).result, 'ok');
    equal(clockFinding(nowMs, 0, false).result, 'note');
    equal(clockFinding(nowMs, nowMs + 3_600_000, true).result, 'failed');
    equal(clockFinding(0, 0, true).result, 'failed');
  });

  it('says how many sockets may be open', () => {
    const limits = (soft: string) => `Limit  Soft  Hard  Units\nMax open files   ${soft}   9 files`;
    deepEqual(
      ['1024', '65536', 'unlimited'].map((soft) => descriptorFindings(limits(soft))[0]?.result),
      ['note', 'ok', 'ok'],
    );
    deepEqual(descriptorFindings(''), []);
  });

  it('sees keys of push messages that are no pair, and messages from nobody', () => {
    const keys = newVapidKeys();
    const push = { keys, subject: 'mailto:ops@jamz.example', origins: [] };
    const given = { push, mailFrom: 'noreply@localhost', publicUrl: undefined };
    equal(pushFinding(given).result, 'ok');
    equal(pushFinding({ ...given, push: { ...push, subject: undefined } }).result, 'note');
    const { privateKey } = newVapidKeys();
    const crossed = { ...push, keys: { ...keys, privateKey } };
    equal(pushFinding({ ...given, push: crossed }).result, 'failed');
  });

  describe('of a certificate', () => {
    let folder: string;
    const path = (name: string) => join(folder, name);
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'jamz-tls-'));
      const { cert, key } = await selfSignedCertificate(folder, ['127.0.0.1'], Date.now());
      writeFileSync(path('good.crt'), cert);
      writeFileSync(path('good.key'), key);
      const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
      writeFileSync(path('other.key'), other.export({ type: 'pkcs8', format: 'pem' }));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));
    const finding = (keyName: string, inMs = 0) =>
      tlsFinding(
        { tls: { kind: 'files', certPath: path('good.crt'), keyPath: path(keyName) } },
        Date.now() + inMs,
      );

    it('says until when it is good, and that it ends soon, or has ended', async () => {
      equal((await finding('good.key')).result, 'ok');
      match((await finding('good.key', 50 * 365 * 86_400_000)).message, /ended/);
    });

    it('sees a key that is another’s', async () => {
      const { result, message } = await finding('other.key');
      deepEqual([result, message], ['failed', 'TLS_KEY is not the key of TLS_CERT']);
    });
  });
});

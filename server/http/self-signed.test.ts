import { equal, notEqual, ok } from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { selfSignedCertificate } from './self-signed.ts';

const nowMs = Date.UTC(2026, 5, 1);
const dayMs = 24 * 3_600_000;

describe('the certificate for phones nearby', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'jamz-tls-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('names localhost and every address of this machine', async () => {
    const { cert } = await selfSignedCertificate(directory, ['192.168.1.7', 'fd00::7'], nowMs);
    const certificate = new X509Certificate(cert);
    for (const ip of ['127.0.0.1', '192.168.1.7', 'fd00::7']) ok(certificate.checkIP(ip), ip);
    ok(certificate.checkHost('localhost'));
  });

  it('belongs to its key, which only the owner can read', async () => {
    const { cert, key } = await selfSignedCertificate(directory, [], nowMs);
    ok(new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)));
    equal(statSync(join(directory, 'lan.key')).mode & 0o777, 0o600);
  });

  it('is kept while the addresses stay', async () => {
    const first = await selfSignedCertificate(directory, ['192.168.1.7'], nowMs);
    const second = await selfSignedCertificate(directory, ['192.168.1.7'], nowMs + dayMs);
    equal(second.cert, first.cert);
  });

  it('is made anew when an address is not in it', async () => {
    const first = await selfSignedCertificate(directory, ['192.168.1.7'], nowMs);
    const second = await selfSignedCertificate(directory, ['10.0.0.3'], nowMs);
    notEqual(second.cert, first.cert);
  });

  it('is made anew a month before its time is over', async () => {
    const first = await selfSignedCertificate(directory, [], nowMs);
    const second = await selfSignedCertificate(directory, [], nowMs + 370 * dayMs);
    notEqual(second.cert, first.cert);
  });

  it('is made anew where the file is damaged', async () => {
    await selfSignedCertificate(directory, [], nowMs);
    writeFileSync(join(directory, 'lan.crt'), 'half a');
    ok(new X509Certificate((await selfSignedCertificate(directory, [], nowMs)).cert));
  });
});

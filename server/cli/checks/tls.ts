import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Config } from '../../config/config.ts';
import { type Check, type Finding, messageOf } from './finding.ts';

/** The certificate. */
export const checkTls: Check = async (config) => [await tlsFinding(config)];

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

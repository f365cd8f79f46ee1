import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Config } from '../../config/config.ts';
import { type Check, type Finding, messageOf } from './finding.ts';

const dayMs = 86_400_000;
/** By then it should have been renewed. */
const soonMs = 14 * dayMs;

/** The certificate. */
export const checkTls: Check = async (config) => [await tlsFinding(config, Date.now())];

export async function tlsFinding({ tls }: Pick<Config, 'tls'>, nowMs: number): Promise<Finding> {
  const check = 'TLS';
  if (tls.kind !== 'files') return { check, result: 'ok', message: 'not configured' };
  try {
    const [cert, key] = await Promise.all([readFile(tls.certPath), readFile(tls.keyPath)]);
    const certificate = new X509Certificate(cert);
    const { validTo } = certificate;
    if (!certificate.checkPrivateKey(createPrivateKey(key))) {
      return { check, result: 'failed', message: 'TLS_KEY is not the key of TLS_CERT' };
    }
    const leftMs = Date.parse(validTo) - nowMs;
    if (leftMs < 0) {
      const message = `the certificate ended ${validTo}: renew it and start anew`;
      return { check, result: 'failed', message };
    }
    const message = `the certificate is good until ${validTo}`;
    if (leftMs > soonMs) return { check, result: 'ok', message };
    return { check, result: 'note', message: `${message}: renew it` };
  } catch (error) {
    const message = `TLS_CERT or TLS_KEY cannot be used: ${messageOf(error)}`;
    return { check, result: 'failed', message };
  }
}

import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** PEM texts. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const livesDays = 397;
const renewBeforeMs = 30 * 24 * 3_600_000;
const dayMs = 24 * 3_600_000;

/**
 * The certificate for phones nearby: made on the first start and kept in `directory`, so that a phone which was told
 * to trust it once is not asked again. A new one is made when an address is not in it, or its time is nearly over.
 *
 * @param addresses IP addresses this machine has now; localhost is always covered
 */
export async function selfSignedCertificate(
  directory: string,
  addresses: readonly string[],
  nowMs: number,
): Promise<Certificate> {
  const certPath = join(directory, 'lan.crt');
  const keyPath = join(directory, 'lan.key');
  const kept = await keptCertificate(certPath, keyPath);
  if (kept && covers(kept.cert, addresses, nowMs)) return kept;
  const made = await makeCertificate(addresses, nowMs);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeWhole(keyPath, made.key, 0o600);
  await writeWhole(certPath, made.cert, 0o644);
  return made;
}

const always = ['localhost', '127.0.0.1', '::1'];

async function makeCertificate(addresses: readonly string[], nowMs: number): Promise<Certificate> {
  // Only who serves phones nearby pays for loading it.
  const { generate } = await import('selfsigned');
  const ips = [...new Set([...always.slice(1), ...addresses])];
  const made = await generate([{ name: 'commonName', value: 'TrafficJamz on this network' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(nowMs - dayMs),
    // Safari takes no certificate that lives longer than 398 days.
    notAfterDate: new Date(nowMs + livesDays * dayMs - dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [{ type: 2, value: 'localhost' }, ...ips.map((ip) => ({ type: 7 as const, ip }))],
      },
    ],
  });
  return { cert: made.cert, key: made.private };
}

async function keptCertificate(
  certPath: string,
  keyPath: string,
): Promise<Certificate | undefined> {
  try {
    const [cert, key] = await Promise.all([readFile(certPath, 'utf8'), readFile(keyPath, 'utf8')]);
    return { cert, key };
  } catch {
    return undefined;
  }
}

function covers(pem: string, addresses: readonly string[], nowMs: number): boolean {
  try {
    const certificate = new X509Certificate(pem);
    const inTime = certificate.validToDate.getTime() - nowMs > renewBeforeMs;
    return inTime && addresses.every((address) => certificate.checkIP(address) !== undefined);
  } catch {
    // Half a file, or not a certificate.
    return false;
  }
}

async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  await writeFile(`${path}.new`, text, { mode });
  await rename(`${path}.new`, path);
}

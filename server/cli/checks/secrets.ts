import { deflateRawSync } from 'node:zlib';
import type { Config } from '../../config/config.ts';
import type { Check, Finding } from './finding.ts';

/** What signs tokens and opens doors, as far as it was given: whether somebody could guess it. */
export const checkSecrets: Check = async (config) => secretFindings(config);

export function secretFindings(
  config: Pick<Config, 'authSecret' | 'adminToken' | 'metricsToken' | 'publicUrl'>,
): readonly Finding[] {
  const { authSecret, adminToken, metricsToken, publicUrl } = config;
  const given = { AUTH_SECRET: authSecret, ADMIN_TOKEN: adminToken, METRICS_TOKEN: metricsToken };
  const findings = Object.entries(given).flatMap(([check, secret]): Finding[] => {
    if (secret === undefined) return [];
    if (!isGuessable(secret)) return [{ check, result: 'ok', message: 'is set' }];
    const message = 'could be guessed: take what "openssl rand -base64 48" prints';
    return [{ check, result: 'failed', message }];
  });
  if (authSecret === undefined) {
    const message =
      'is not set: it is made and kept with the data, and whoever has a copy of that can sign tokens';
    const result = publicUrl === undefined ? 'ok' : 'note';
    findings.unshift({ check: 'AUTH_SECRET', result, message });
  }
  return findings;
}

/** Words of examples, few different characters, or a piece that is repeated: chance makes none of them. */
function isGuessable(secret: string): boolean {
  const packed = deflateRawSync(secret).length;
  return examples.test(secret) || new Set(secret).size < 10 || packed < secret.length * 0.6;
}

const examples = /change.?me|secret|password|example|trafficjamz|0123456789|abcdefgh/i;

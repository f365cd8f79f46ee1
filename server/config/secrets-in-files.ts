import { readFileSync } from 'node:fs';
import type { Environment } from './read-config.ts';

/** What opens something, whole or in part: each may be in a file instead of the environment. */
export const secretVariables: readonly string[] = [
  ...['AUTH_SECRET', 'METRICS_TOKEN', 'ADMIN_TOKEN', 'VAPID_PRIVATE_KEY'],
  ...['MONGODB_URI', 'REDIS_URL', 'SMTP_URL', 'INFLUX_TOKEN', 'INFLUX_PASSWORD'],
  ...['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
];

/**
 * The environment with what is in the files that `NAME_FILE` names: where vaults, Docker and systemd put a secret, so that
 * it stands in no list of processes and in no unit. A line end at the file's end is not part of it.
 *
 * @param problems gets a sentence for each file that cannot be read, is empty, or is named beside the variable itself
 */
export function withSecretsInFiles(env: Environment, problems: string[]): Environment {
  const found: Record<string, string> = {};
  for (const name of secretVariables) {
    const path = env[`${name}_FILE`];
    if (!path) continue;
    if (env[name]) {
      problems.push(`${name} and ${name}_FILE are both set: keep one of them`);
      continue;
    }
    const text = textOf(path);
    if (text) found[name] = text;
    else problems.push(`${name}_FILE names ${path}, which cannot be read or is empty`);
  }
  return { ...env, ...found };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch {
    return undefined;
  }
}

import { resolve } from 'node:path';
import * as v from 'valibot';
import { isLoopback } from '../http/loopback.ts';
import { type Config, logLevels, StartError, type TlsChoice } from './config.ts';
import { influxOf } from './influx-config.ts';
import { pushOf } from './push-config.ts';
import { s3Of } from './s3-config.ts';
import { withSecretsInFiles } from './secrets-in-files.ts';
import { refusePlainServices } from './service-tls.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the command line says; it wins over the environment. */
export interface Overrides {
  readonly port?: string;
  readonly lan?: boolean;
}

/**
 * Reads the configuration from the environment and the command line.
 *
 * @param given as `process.env`; a variable set to nothing counts as absent, a secret may be in a file
 * @throws {StartError} naming every variable that is wrong and what to set it to
 */
export function readConfig(given: Environment, overrides: Overrides = {}): Config {
  const problems: string[] = [];
  const env = withSecretsInFiles(given, problems);
  const read = <T>(name: string, schema: v.GenericSchema<unknown, T>, absent: T): T => {
    const value = env[name];
    if (value === undefined || value === '') return absent;
    const result = v.safeParse(schema, value);
    if (result.success) return result.output;
    problems.push(`${name} ${result.issues[0].message}`);
    return absent;
  };

  refuseMissingAdapters(env, problems);
  const lan = overrides.lan ?? false;
  const config: Config = {
    lan,
    host: read('HOST', host, lan ? '0.0.0.0' : '127.0.0.1'),
    port: overrides.port === undefined ? read('PORT', port, 4000) : portOf(overrides, problems),
    tls: tlsOf(read('TLS_CERT', path, undefined), read('TLS_KEY', path, undefined), lan, problems),
    dataDir: resolve(read('DATA_DIR', path, './data') ?? './data'),
    mongodbUri: read('MONGODB_URI', mongodbUri, undefined),
    redisUrl: read('REDIS_URL', redisUrl, undefined),
    s3: s3Of(read, problems),
    influx: influxOf(read, problems),
    historyDays: read('HISTORY_DAYS', days, 30),
    push: pushOf(read, problems),
    publicUrl: read('PUBLIC_URL', publicUrl, undefined),
    authSecret: read('AUTH_SECRET', secret, undefined),
    logLevel: read('LOG_LEVEL', logLevel, 'info'),
    smtpUrl: read('SMTP_URL', smtpUrl, undefined),
    mailFrom: read('MAIL_FROM', mailFrom, 'TrafficJamz <noreply@localhost>'),
    pwnedPasswordsUrl: read('PWNED_PASSWORDS_URL', rangeUrl, undefined),
    memberQuota: {
      files: read('MEMBER_FILES', amount, 5_000),
      bytes: read('MEMBER_STORAGE_MB', amount, 20_000) * 1_000_000,
    },
    demoGroupDays: read('DEMO_GROUP_DAYS', days, 7),
    signInDays: read('SIGN_IN_DAYS', someDays, 365),
    auditDays: read('AUDIT_DAYS', days, 180),
    metricsToken: read('METRICS_TOKEN', secret, undefined),
    adminToken: read('ADMIN_TOKEN', secret, undefined),
    selfService: read('SELF_SERVICE', onOff, isForThisMachine(env, overrides)),
    webhookHosts: read('WEBHOOK_HOSTS', webOrigins, []),
  };
  if (read('SERVICE_TLS', serviceTls, 'optional') === 'required') {
    refusePlainServices(env, problems);
  }
  if (problems.length > 0) throw new StartError(problems.join('\n'));
  return config;
}

/**
 * Variables of things that this version does not do, where going on would be harmless: set for other programs, as
 * keys of language models often are, they must not keep a server from starting.
 */
export function ignoredVariables(env: Environment): readonly string[] {
  return harmless.filter((name) => isSet(env, name));
}

const host = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9.:-]+$/, 'must be a host name or an address, as 127.0.0.1 or 0.0.0.0'),
);

const portMessage = 'must be a whole number from 0 to 65535';
const port: v.GenericSchema<unknown, number> = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}$/, portMessage),
  v.transform(Number),
  v.maxValue(65_535, portMessage),
);

const path: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.string(),
  v.check((value) => !value.includes('\0'), 'must be a path'),
);

const publicUrl: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.string(),
  v.check(isBareOrigin, 'must be an http or https address without a path, as https://jamz.example'),
  v.transform((value) => new URL(value).origin),
);

const secret: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.string(),
  v.minLength(32, 'must have at least 32 characters: make one with "openssl rand -base64 32"'),
);

/** Checked for its form alone: what is inside is the driver's to judge. */
const mongodbUri: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.string(),
  v.regex(
    /^mongodb(?:\+srv)?:\/\/[^/\s]+(?:\/\S*)?$/,
    'must be a mongodb or mongodb+srv address, as mongodb://user:password@db1,db2/trafficjamz',
  ),
);

const redisUrl: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.string(),
  v.check((value) => {
    const url = URL.parse(value);
    const isRedis = url?.protocol === 'redis:' || url?.protocol === 'rediss:';
    return isRedis && url.hostname !== '' && /^(?:\/\d*)?$/.test(url.pathname);
  }, 'must be a redis or rediss address, as redis://user:password@cache.example:6379/0'),
);

const smtpUrl: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.string(),
  v.check((value) => {
    const url = URL.parse(value);
    return (url?.protocol === 'smtp:' || url?.protocol === 'smtps:') && url.hostname !== '';
  }, 'must be an smtp or smtps address, as smtps://user:password@mail.example'),
);

const rangeUrl: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.string(),
  v.check((value) => {
    const url = URL.parse(value);
    const isPrivate = url?.protocol === 'https:' || isLoopback(url?.hostname ?? '');
    return isPrivate && url?.pathname.endsWith('/') === true && url.search === '';
  }, 'must be an https address that ends with a slash, as https://api.pwnedpasswords.com/range/'),
);

const mailFrom: v.GenericSchema<unknown, string> = v.pipe(
  v.string(),
  v.regex(
    /^(?:[^\s@,;<>"]+@[^\s@,;<>"]+|[^<>@,;:"\r\n]+ <[^\s@,;<>"]+@[^\s@,;<>"]+>)$/,
    'must be an address, as noreply@jamz.example or Jamz <noreply@jamz.example>',
  ),
);

const amountMessage = 'must be a whole number up to 9 digits, 0 for no limit';
const amount: v.GenericSchema<unknown, number> = v.pipe(
  v.string(),
  v.regex(/^\d{1,9}$/, amountMessage),
  v.transform(Number),
);

const daysMessage = 'must be a whole number of days up to 3650, 0 for never';
const days: v.GenericSchema<unknown, number> = v.pipe(
  v.string(),
  v.regex(/^\d{1,4}$/, daysMessage),
  v.transform(Number),
  v.maxValue(3_650, daysMessage),
);

const someDaysMessage = 'must be a whole number of days from 1 to 3650';
const someDays: v.GenericSchema<unknown, number> = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d{0,3}$/, someDaysMessage),
  v.transform(Number),
  v.maxValue(3_650, someDaysMessage),
);

const serviceTls = v.picklist(['required', 'optional'], 'must be required or optional');

const onOff: v.GenericSchema<unknown, boolean> = v.pipe(
  v.picklist(['on', 'off'], 'must be on or off'),
  v.transform((value) => value === 'on'),
);

const webOrigins: v.GenericSchema<unknown, readonly string[]> = v.pipe(
  v.string(),
  v.transform((value) => value.split(',').map((one) => one.trim())),
  v.check(
    (all) => all.every(isBareOrigin),
    'must be origins with commas between them, as http://backend.internal:3000',
  ),
  v.transform((all) => all.map((one) => new URL(one).origin)),
);

const logLevel = v.picklist(logLevels, `must be one of ${logLevels.join(', ')}`);

/** Nobody else reaches it as far as it can know: strangers are let in only where somebody said so. */
function isForThisMachine(env: Environment, { lan }: Overrides): boolean {
  const { HOST = '', PUBLIC_URL = '' } = env;
  return !lan && PUBLIC_URL === '' && ['', '127.0.0.1', '::1', 'localhost'].includes(HOST);
}

function isBareOrigin(value: string): boolean {
  const url = URL.parse(value);
  return (
    url !== null &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === ''
  );
}

function portOf({ port: given }: Overrides, problems: string[]): number {
  const result = v.safeParse(port, given);
  if (result.success) return result.output;
  problems.push(`--port ${portMessage}`);
  return 0;
}

function tlsOf(
  certPath: string | undefined,
  keyPath: string | undefined,
  lan: boolean,
  problems: string[],
): TlsChoice {
  if (certPath !== undefined && keyPath !== undefined) return { kind: 'files', certPath, keyPath };
  if (certPath !== undefined) problems.push('TLS_KEY must be set too when TLS_CERT is');
  if (keyPath !== undefined) problems.push('TLS_CERT must be set too when TLS_KEY is');
  return { kind: lan ? 'self-signed' : 'none' };
}

/** Going on without these would put people's data, or its copies, somewhere else than they were told. */
const missingAdapters: readonly (readonly [prefix: string, what: string])[] = [
  ['BACKUP_', 'Backups are not built in this version'],
];

const harmless = [
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'ANTHROPIC_API_KEY',
  'OLLAMA_HOST',
  'PINECONE_API_KEY',
  'PINECONE_INDEX',
  'ROUTING_URL',
  'SENTRY_DSN',
] as const;

function refuseMissingAdapters(env: Environment, problems: string[]): void {
  for (const [prefix, what] of missingAdapters) {
    const name = Object.keys(env).find((key) => key.startsWith(prefix) && isSet(env, key));
    if (name !== undefined) problems.push(`${name} is set, but ${lowered(what)}: unset it`);
  }
}

function isSet(env: Environment, name: string): boolean {
  return env[name] !== undefined && env[name] !== '';
}

/** Mid-sentence, but a proper name keeps its capital. */
function lowered(sentence: string): string {
  return /^(InfluxDB|S3)/.test(sentence)
    ? sentence
    : sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

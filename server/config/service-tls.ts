import { setsOption } from '../adapters/store/mongo/address.ts';
import { isLoopback } from '../http/loopback.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether an address has everything that goes there encrypted, by variable, and what to write. */
const services: readonly (readonly [
  name: string,
  isEncrypted: (address: string) => boolean,
  wanted: string,
])[] = [
  ['MONGODB_URI', isEncryptedMongo, 'tls=true behind its question mark'],
  ['REDIS_URL', (address) => address.startsWith('rediss:'), 'rediss:'],
  ['INFLUX_URL', (address) => address.startsWith('https:'), 'https:'],
  ['S3_ENDPOINT', (address) => address.startsWith('https:'), 'https:'],
  ['SMTP_URL', isEncryptedMail, 'smtps:'],
];

/**
 * With `SERVICE_TLS=required` no service is spoken to without TLS: a plain address keeps the server from starting, and
 * so does a process that checks no certificates.
 *
 * @param problems what is wrong is added
 */
export function refusePlainServices(env: Environment, problems: string[]): void {
  for (const [name, isEncrypted, wanted] of services) {
    const address = env[name] ?? '';
    if (address === '' || isEncrypted(address)) continue;
    problems.push(`${name} must be reached over TLS, since SERVICE_TLS is required: use ${wanted}`);
  }
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    problems.push(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 takes anybody for a service, against SERVICE_TLS=required: name the authority in NODE_EXTRA_CA_CERTS',
    );
  }
}

/** An address with `+srv` has TLS where it says nothing else. */
function isEncryptedMongo(address: string): boolean {
  const options = new URLSearchParams(address.split('?')[1] ?? '');
  const [, said] = [...options].find(([name]) => /^(tls|ssl)$/i.test(name)) ?? [];
  const isWeakened = ['tlsInsecure', 'tlsAllowInvalidCertificates', 'tlsAllowInvalidHostnames'];
  if (isWeakened.some((name) => setsOption(address, name))) return false;
  return said === undefined ? address.startsWith('mongodb+srv:') : said === 'true';
}

/** Mails to another machine go over STARTTLS at least: they do not leave without it. */
function isEncryptedMail(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'smtps:' || !isLoopback(url?.hostname ?? '');
}

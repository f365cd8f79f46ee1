import { parseOrigin } from '../accounts/origin.ts';
import type { Sites } from '../accounts/sites.ts';
import { openSites } from '../compose.ts';
import { readConfig } from '../config/read-config.ts';
import type { Site, SitePolicy } from '../ports/store.ts';
import { type Command, type Invocation, listOption, textOption, UsageError } from './command.ts';

const hourMs = 3_600_000;
const policies: readonly SitePolicy[] = ['open', 'invite', 'signed'];
const policyHelp =
  'open: anyone on its pages is a guest; invite: guests by invitation; signed: only its own people';

export const addSite: Command = {
  name: 'sites add',
  usage: 'NAME --origin ORIGIN [--origin ORIGIN …] [--policy POLICY] [--key KEY]',
  summary: 'Registers a site and prints its key and its secret. The secret is shown this once.',
  options: {
    origin: { type: 'string', multiple: true },
    policy: { type: 'string' },
    key: { type: 'string' },
  },
  optionHelp: [
    ['--origin ORIGIN', 'pages that may use it, as https://shop.example; * for any'],
    ['--policy POLICY', `${policyHelp} (default: invite)`],
    ['--key KEY', 'its publishable key (default: one is made)'],
  ],
  async run(invocation) {
    const name = only(invocation, 'NAME');
    const origins = listOption(invocation.options, 'origin').map(originOf);
    if (origins.length === 0) throw new UsageError('Say which pages may use it: --origin ORIGIN');
    const policy = policyOf(textOption(invocation.options, 'policy') ?? 'invite');
    const key = keyOf(textOption(invocation.options, 'key'));
    const { site, secret } = await withSites(invocation, (sites) =>
      sites.add({ name, origins, policy, ...(key === undefined ? {} : { key }) }),
    );
    show(invocation, { ...publicPart(site), secret }, [...linesOf(site), `secret   ${secret}`]);
    return 0;
  },
};

export const listSites: Command = {
  name: 'sites list',
  usage: '',
  summary: 'Lists the sites of this server.',
  options: {},
  optionHelp: [],
  async run(invocation) {
    none(invocation);
    const list = await withSites(invocation, (sites) => sites.list());
    show(
      invocation,
      list.map(publicPart),
      list.map(({ key, policy, name, origins }) => [key, policy, name, ...origins].join('\t')),
    );
    return 0;
  },
};

export const rotateSite: Command = {
  name: 'sites rotate',
  usage: 'KEY [--overlap HOURS]',
  summary: 'Gives a site a new secret and prints it this once. The old one works for a day yet.',
  options: { overlap: { type: 'string' } },
  optionHelp: [
    [
      '--overlap HOURS',
      'how long the old secret works yet, up to 720; 0 ends it now (default: 24)',
    ],
  ],
  async run(invocation) {
    const key = only(invocation, 'KEY');
    const overlapMs = hoursOf(textOption(invocation.options, 'overlap') ?? '24') * hourMs;
    const { site, secret } = await withSites(invocation, (sites) =>
      sites.rotate(key, { overlapMs }),
    );
    show(invocation, { ...publicPart(site), secret }, [...linesOf(site), `secret   ${secret}`]);
    return 0;
  },
};

export const setSitePolicy: Command = {
  name: 'sites policy',
  usage: 'KEY POLICY',
  summary: `Changes who may come in. ${policyHelp}.`,
  options: {},
  optionHelp: [],
  async run(invocation) {
    const [key, policy, ...rest] = invocation.positionals;
    if (key === undefined || policy === undefined || rest.length > 0) {
      throw new UsageError('Usage: trafficjamz sites policy KEY POLICY');
    }
    const checked = policyOf(policy);
    const site = await withSites(invocation, (sites) => sites.change(key, { policy: checked }));
    show(invocation, publicPart(site), linesOf(site));
    return 0;
  },
};

export const setSiteOrigins: Command = {
  name: 'sites origins',
  usage: 'KEY --origin ORIGIN [--origin ORIGIN …]',
  summary:
    'Changes which pages may use a site: these, and no others. Running servers notice in 2 s.',
  options: { origin: { type: 'string', multiple: true } },
  optionHelp: [['--origin ORIGIN', 'pages that may use it, as https://shop.example; * for any']],
  async run(invocation) {
    const key = only(invocation, 'KEY');
    const origins = listOption(invocation.options, 'origin').map(originOf);
    if (origins.length === 0) throw new UsageError('Say which pages may use it: --origin ORIGIN');
    const site = await withSites(invocation, (sites) => sites.change(key, { origins }));
    show(invocation, publicPart(site), linesOf(site));
    return 0;
  },
};

/** Works beside a running server: it notices a change at the next request. */
export async function withSites<T>(
  { terminal }: Invocation,
  use: (sites: Sites) => Promise<T>,
): Promise<T> {
  const { sites, close } = await openSites(readConfig(terminal.env));
  try {
    return await use(sites);
  } finally {
    await close();
  }
}

export function show(
  { json, terminal }: Invocation,
  value: unknown,
  lines: readonly string[],
): void {
  if (json) terminal.print(JSON.stringify(value));
  else for (const line of lines) terminal.print(line);
}

function publicPart({ key, name, policy, origins, createdAtMs }: Site): Partial<Site> {
  return { key, name, policy, origins, createdAtMs };
}

function linesOf({ key, name, policy, origins }: Site): string[] {
  return [
    `key      ${key}`,
    `name     ${name}`,
    `policy   ${policy}`,
    `origins  ${origins.join(' ')}`,
  ];
}

export function only({ positionals }: Invocation, what: string): string {
  const [value, ...rest] = positionals;
  if (value !== undefined && value.trim() !== '' && rest.length === 0) return value;
  throw new UsageError(`Give one ${what}; quote it where it has spaces`);
}

function none({ positionals }: Invocation): void {
  if (positionals.length > 0) throw new UsageError(`"${positionals.join(' ')}" is too much here`);
}

function policyOf(value: string): SitePolicy {
  const policy = policies.find((one) => one === value);
  if (policy) return policy;
  throw new UsageError(`"${value}" is not a policy: use ${policies.join(', ')}`);
}

function hoursOf(value: string): number {
  const hours = /^\d{1,3}$/.test(value) ? Number(value) : Number.NaN;
  if (hours <= 720) return hours;
  throw new UsageError('--overlap takes a whole number of hours from 0 to 720');
}

function keyOf(value: string | undefined): string | undefined {
  if (value === undefined || /^[A-Za-z0-9_-]{3,64}$/.test(value)) return value;
  throw new UsageError('A key has 3 to 64 letters, digits, - and _');
}

function originOf(value: string): string {
  const origin = parseOrigin(value);
  if (origin !== undefined) return origin;
  throw new UsageError(`"${value}" is not an origin: use one as https://shop.example, or *`);
}

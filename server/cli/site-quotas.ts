import { openSites } from '../compose.ts';
import { readConfig } from '../config/read-config.ts';
import type { SiteQuotas } from '../ports/store.ts';
import { defaultQuotas } from '../sites/quotas.ts';
import { type Command, textOption, UsageError } from './command.ts';
import { only, show } from './sites.ts';

const options = {
  groups: 'groups',
  members: 'members',
  'ops-per-day': 'opsPerDay',
  'storage-bytes': 'storageBytes',
  sockets: 'sockets',
} as const satisfies Record<string, keyof SiteQuotas>;

const helps: Readonly<Record<keyof typeof options, string>> = {
  groups: 'groups',
  members: 'memberships of all its groups together',
  'ops-per-day': 'changes that its people make in a day (UTC)',
  'storage-bytes': 'bytes of its uploaded tracks',
  sockets: 'devices connected at once, to all server processes',
};

const names = Object.keys(options) as (keyof typeof options)[];

export const setSiteQuotas: Command = {
  name: 'sites quotas',
  usage: `KEY ${names.map((name) => `[--${name} COUNT]`).join(' ')}`,
  summary: 'Changes what a site may use, and prints it. What is not named stays as it is.',
  options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  optionHelp: names.map((name) => [
    `--${name} COUNT`,
    `${helps[name]} (default: ${defaultQuotas[options[name]]})`,
  ]),
  async run(invocation) {
    const key = only(invocation, 'KEY');
    const named = names.flatMap((name) => {
      const value = textOption(invocation.options, name);
      return value === undefined ? [] : [[options[name], countOf(name, value)] as const];
    });
    const { sites, close } = await openSites(readConfig(invocation.terminal.env));
    try {
      const { quotas } = await sites.get(key);
      const changed = { ...quotas, ...Object.fromEntries(named) };
      if (named.length > 0) await sites.change(key, { quotas: changed });
      const all = { ...defaultQuotas, ...changed };
      show(
        invocation,
        { key, ...all },
        names.map((name) => `${name.padEnd(14)}${all[options[name]]}`),
      );
    } finally {
      await close();
    }
    return 0;
  },
};

function countOf(name: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError(`--${name} takes a whole number`);
}

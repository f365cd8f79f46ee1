import { JamzError } from '../../sdk/protocol/errors.ts';
import { openSites } from '../compose.ts';
import { readConfig } from '../config/read-config.ts';
import { type Command, textOption, UsageError } from './command.ts';

/** Works beside a running server. */
export const audit: Command = {
  name: 'audit',
  usage: '[--site KEY] [--since TIME] [--limit COUNT]',
  summary: 'Prints what happened to the safety of a site, the newest first: times, kinds, ids.',
  options: {
    site: { type: 'string' },
    since: { type: 'string' },
    limit: { type: 'string' },
  },
  optionHelp: [
    ['--site KEY', 'of this site only (default: of all)'],
    ['--since TIME', 'not older than this, as 2026-11-23 or 2026-11-23T08:00Z'],
    ['--limit COUNT', 'at most so many, up to 100000 (default: 100)'],
  ],
  async run({ terminal, positionals, options, json }) {
    if (positionals.length > 0) throw new UsageError(`"${positionals.join(' ')}" is too much here`);
    const sinceMs = timeOf(textOption(options, 'since'));
    const limit = countOf(textOption(options, 'limit') ?? '100');
    const key = textOption(options, 'site');
    const { sites, audit: log, close } = await openSites(readConfig(terminal.env));
    try {
      const keys = new Map((await sites.list()).map((site) => [site.siteId, site.key]));
      const [siteId] = [...keys].find(([, known]) => known === key) ?? [];
      if (key !== undefined && siteId === undefined) {
        throw new JamzError('not-found', `There is no site with the key ${key}: see "sites list"`);
      }
      const asked = { sinceMs, ...(siteId === undefined ? {} : { siteId }) };
      const entries = (await log.list(asked, limit)).map(({ siteId: of, ...entry }) => ({
        ...entry,
        site: keys.get(of) ?? of,
      }));
      if (json) terminal.print(JSON.stringify(entries));
      else {
        for (const { atMs, site, kind, actorId, subjectId } of entries) {
          const time = new Date(atMs).toISOString();
          terminal.print(
            [time, site === '' ? '-' : site, kind, actorId ?? '-', subjectId ?? '-'].join('\t'),
          );
        }
      }
    } finally {
      await close();
    }
    return 0;
  },
};

function timeOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const atMs = Date.parse(text);
  if (Number.isFinite(atMs) && atMs >= 0) return atMs;
  throw new UsageError(`"${text}" is not a time: use one as 2026-11-23 or 2026-11-23T08:00Z`);
}

function countOf(text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= 100_000) return count;
  throw new UsageError('--limit takes a whole number from 1 to 100000');
}

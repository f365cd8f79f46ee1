import { JamzError } from '../../sdk/protocol/errors.ts';
import { openSites, type SitesDesk } from '../compose.ts';
import { readConfig } from '../config/read-config.ts';
import type { WebhookDelivery } from '../ports/store.ts';
import { type Command, type Invocation, textOption, UsageError } from './command.ts';
import { only, show } from './sites.ts';

const states = ['dead', 'waiting', 'delivered'] as const;

export const listWebhooks: Command = {
  name: 'webhooks list',
  usage: '[--site KEY] [--state STATE] [--limit COUNT]',
  summary: 'Lists what sites’ backends were told, wait for or never took, the newest first.',
  options: {
    site: { type: 'string' },
    state: { type: 'string' },
    limit: { type: 'string' },
  },
  optionHelp: [
    ['--site KEY', 'of this site only (default: of all)'],
    ['--state STATE', 'dead: given up; waiting; delivered, kept for 3 days (default: dead)'],
    ['--limit COUNT', 'at most so many, up to 10000 (default: 100)'],
  ],
  async run(invocation) {
    const { options, positionals } = invocation;
    if (positionals.length > 0) throw new UsageError(`"${positionals.join(' ')}" is too much here`);
    const state = stateOf(textOption(options, 'state') ?? 'dead');
    const limit = countOf(textOption(options, 'limit') ?? '100');
    const key = textOption(options, 'site');
    await withDesk(invocation, async ({ sites, webhookOutbox }) => {
      const siteId = key === undefined ? undefined : (await sites.get(key)).siteId;
      const keys = new Map((await sites.list()).map((site) => [site.siteId, site.key]));
      const asked = { state, ...(siteId === undefined ? {} : { siteId }) };
      const found = (await webhookOutbox.list(asked, limit)).map(({ siteId: of, ...delivery }) => {
        return { site: keys.get(of) ?? of, ...delivery };
      });
      show(invocation, found, found.map(lineOf));
    });
    return 0;
  },
};

export const retryWebhooks: Command = {
  name: 'webhooks retry',
  usage: 'KEY [--event ID]',
  summary: 'Begins anew what was given up for a site. A running server sends it within seconds.',
  options: { event: { type: 'string' } },
  optionHelp: [['--event ID', 'this one only, as "webhooks list" shows it (default: all)']],
  async run(invocation) {
    const key = only(invocation, 'KEY');
    const event = textOption(invocation.options, 'event');
    await withDesk(invocation, async ({ sites, webhookOutbox, note, nowMs }) => {
      const { siteId } = await sites.get(key);
      const retried = await webhookOutbox.retry(siteId, nowMs, event);
      if (retried === 0 && event !== undefined) {
        throw new JamzError('not-found', `No event ${event} of this site was given up`);
      }
      if (retried > 0) note('webhooks-retried', { siteId });
      show(invocation, { retried }, [`${retried} to be sent again`]);
    });
    return 0;
  },
};

async function withDesk(
  { terminal }: Invocation,
  use: (desk: SitesDesk) => Promise<void>,
): Promise<void> {
  const desk = await openSites(readConfig(terminal.env));
  try {
    await use(desk);
  } finally {
    await desk.close();
  }
}

function lineOf(delivery: Omit<WebhookDelivery, 'siteId'> & { readonly site: string }): string {
  const { eventId, site, type, atMs, state, attempts, problem } = delivery;
  const time = new Date(atMs).toISOString();
  return [time, site, eventId, type, state, `${attempts} tried`, problem ?? '-'].join('\t');
}

function stateOf(value: string): WebhookDelivery['state'] {
  const state = states.find((one) => one === value);
  if (state) return state;
  throw new UsageError(`"${value}" is not a state: use ${states.join(', ')}`);
}

function countOf(text: string): number {
  const count = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= 10_000) return count;
  throw new UsageError('--limit takes a whole number from 1 to 10000');
}

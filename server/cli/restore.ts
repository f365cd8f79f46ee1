import { openLogs } from '../compose.ts';
import { readConfig } from '../config/read-config.ts';
import { restoreLogs } from '../sync/restore-logs.ts';
import {
  type Command,
  type Invocation,
  type OptionValues,
  textOption,
  UsageError,
} from './command.ts';

export const restore: Command = {
  name: 'restore',
  usage: '--at TIME (--want-later | --discard-later) [--group ID]',
  summary:
    'Winds the logs back to a time, while the server is stopped. What came later is cut out and kept aside.',
  options: {
    at: { type: 'string' },
    'want-later': { type: 'boolean' },
    'discard-later': { type: 'boolean' },
    group: { type: 'string' },
  },
  optionHelp: [
    ['--at TIME', 'the last moment that stays, as 2026-08-01T12:00:00Z'],
    ['--want-later', 'devices bring back what they did after it, up to 24 hours'],
    ['--discard-later', 'what was done after it is given up on every device'],
    ['--group ID', 'this group alone (default: every group and every person)'],
  ],
  async run({ terminal, options, positionals, json }: Invocation) {
    if (positionals.length > 0) throw new UsageError(`restore takes no "${positionals.join(' ')}"`);
    const toMs = timeOf(textOption(options, 'at'));
    const rejoin = wantsLater(options);
    const group = textOption(options, 'group');
    const { logs, store, close } = await openLogs(readConfig(terminal.env));
    try {
      const request = { toMs, rejoin };
      const done = await restoreLogs({ logs, store }, request, group && `g:${group}`);
      if (group !== undefined && done.looked === 0) {
        throw new UsageError(`There is no group "${group}" here`);
      }
      if (json) terminal.print(JSON.stringify(done));
      else for (const line of linesOf(done)) terminal.print(line);
      return done.failed.length === 0 ? 0 : 2;
    } finally {
      await close();
    }
  },
};

function linesOf({ looked, restored, failed }: Awaited<ReturnType<typeof restoreLogs>>): string[] {
  return [
    ...restored.map(
      ({ scope, toSeq, cutOps, generation }) =>
        `${scope}  back to ${toSeq}, ${cutOps} ops cut out, generation ${generation}`,
    ),
    ...failed.map(({ scope, message }) => `${scope}  as it was: ${message}`),
    `${restored.length} of ${looked} logs wound back`,
  ];
}

function timeOf(text: string | undefined): number {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  if (!Number.isNaN(ms)) return ms;
  throw new UsageError('Say when: --at TIME, as 2026-08-01T12:00:00Z');
}

function wantsLater(options: OptionValues): boolean {
  const wanted = options['want-later'] === true;
  if (wanted !== (options['discard-later'] === true)) return wanted;
  throw new UsageError('Say what shall become of later changes: --want-later or --discard-later');
}

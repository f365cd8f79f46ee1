import { openFileDesk } from '../compose.ts';
import { readConfig } from '../config/read-config.ts';
import { sweepFiles } from '../music/sweep-files.ts';
import { type Command, textOption, UsageError } from './command.ts';

const dayMs = 86_400_000;
const defaultDays = 7;

export const sweepFilesCommand: Command = {
  name: 'files sweep',
  usage: '[--dry-run] [--older-than DAYS] [--force]',
  summary: 'Removes files that nothing leads to, and tells of records whose files are gone.',
  options: {
    'dry-run': { type: 'boolean' },
    'older-than': { type: 'string' },
    force: { type: 'boolean' },
  },
  optionHelp: [
    ['--dry-run', 'only look'],
    ['--older-than DAYS', `leave younger files alone, at least 1 (default: ${defaultDays})`],
    ['--force', 'also where most files have no record: is it the right database and bucket?'],
  ],
  async run({ terminal, options, positionals, json }) {
    if (positionals.length > 0) throw new UsageError(`files sweep takes no "${positionals[0]}"`);
    const days = Number(textOption(options, 'older-than') ?? defaultDays);
    if (!Number.isInteger(days) || days < 1) {
      throw new UsageError('--older-than takes a whole number of days, at least 1');
    }
    const dryRun = options['dry-run'] === true;
    const { close, ...desk } = await openFileDesk(readConfig(terminal.env));
    const asked = { dryRun, force: options['force'] === true, graceMs: days * dayMs };
    const found = await sweepFiles(desk, asked).finally(close);
    const { files, orphans, missing, removed } = found;
    if (json) {
      terminal.print(JSON.stringify(found));
    } else {
      const bytes = orphans.reduce((sum, one) => sum + one.bytes, 0);
      const done = removed ? 'removed' : 'left';
      terminal.print(
        `${files} files; ${orphans.length} that nothing leads to (${bytes} bytes) ${done}`,
      );
      for (const fileId of missing) terminal.print(`The file ${fileId} is gone from the store`);
    }
    if (removed || dryRun) return 0;
    terminal.complain(
      'Most files have no record, which looks like the wrong database or bucket: check them, then use --force',
    );
    return 2;
  },
};

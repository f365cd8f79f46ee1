import { type Environment, readConfig } from '../config/read-config.ts';
import { openStoreMove } from '../open-store.ts';
import { openTimeSeries } from '../open-time-series.ts';
import {
  type Command,
  type Invocation,
  type OptionValues,
  textOption,
  UsageError,
} from './command.ts';

export const migrate: Command = {
  name: 'migrate',
  usage: '[--from DATA_DIR] [--to MONGODB_URI] [--dry-run]',
  summary:
    'Moves what SQLite keeps, history too, to MongoDB, while the server is stopped. Interrupted, it goes on where it was.',
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    'dry-run': { type: 'boolean' },
  },
  optionHelp: [
    ['--from DATA_DIR', 'the folder with the SQLite store (default: DATA_DIR)'],
    ['--to MONGODB_URI', 'an empty database (default: MONGODB_URI)'],
    ['--dry-run', 'looks at both ends, says what would be moved, and moves nothing'],
  ],
  async run({ terminal, options, positionals, json }: Invocation) {
    if (positionals.length > 0) throw new UsageError(`migrate takes no "${positionals.join(' ')}"`);
    const config = readConfig({ ...terminal.env, ...givenIn(options) });
    const { mongodbUri, dataDir } = config;
    if (mongodbUri === undefined) throw new UsageError('Say where to: --to MONGODB_URI');
    const { move, close } = await openStoreMove(dataDir, mongodbUri, () => openTimeSeries(config));
    const dryRun = options['dry-run'] === true;
    try {
      const moved = await move({
        dryRun,
        tell(progress) {
          if (json) terminal.print(JSON.stringify({ progress }));
          else terminal.print(`${stepNames[progress.step]}  ${progress.done} of ${progress.of}`);
        },
      });
      if (json) terminal.print(JSON.stringify(moved));
      else for (const line of linesOf(moved)) terminal.print(line);
      return 0;
    } finally {
      await close();
    }
  },
};

type Moved = Awaited<ReturnType<Awaited<ReturnType<typeof openStoreMove>>['move']>>;

const stepNames = {
  tables: 'tables ',
  logs: 'logs   ',
  history: 'history',
  verify: 'checked',
} as const;

const outcomes: Readonly<Record<Moved['state'], string>> = {
  planned: 'would be moved. Nothing was written',
  moved: 'moved, and each log comes to the same. Start the server with MONGODB_URI now',
  'moved-before': 'were moved before. Nothing was written',
};

function linesOf({ counts, scopes, state }: Moved): string[] {
  const lines = Object.entries(counts).map(([name, count]) => `${name.padEnd(18)}${count}`);
  return [...lines, `${scopes} logs ${outcomes[state]}`];
}

function givenIn(options: OptionValues): Environment {
  const from = textOption(options, 'from');
  const to = textOption(options, 'to');
  return {
    ...(from === undefined ? {} : { DATA_DIR: from }),
    // What is said here counts, not what the environment's file has.
    ...(to === undefined ? {} : { MONGODB_URI: to, MONGODB_URI_FILE: undefined }),
  };
}

import { parseArgs } from 'node:util';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { StartError } from '../config/config.ts';
import { audit } from './audit.ts';
import { type Command, type Terminal, UsageError } from './command.ts';
import { doctor } from './doctor.ts';
import { sweepFilesCommand } from './files.ts';
import { migrate } from './migrate.ts';
import { erasePerson, exportPerson, signOutPerson } from './people.ts';
import { pushKeys } from './push.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { setSiteQuotas } from './site-quotas.ts';
import { addSite, listSites, rotateSite, setSiteOrigins, setSitePolicy } from './sites.ts';
import { listWebhooks, retryWebhooks } from './webhooks.ts';

export const commands: readonly Command[] = [
  serve,
  addSite,
  listSites,
  rotateSite,
  setSitePolicy,
  setSiteOrigins,
  setSiteQuotas,
  listWebhooks,
  retryWebhooks,
  audit,
  restore,
  migrate,
  exportPerson,
  erasePerson,
  signOutPerson,
  pushKeys,
  sweepFilesCommand,
  doctor,
];

/**
 * Runs one command line.
 *
 * @param argv without the runtime and the script
 * @returns the exit status: 0 success; 2 for what the caller can put right; 1 for a bug
 */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<number> {
  const json = argv.includes('--json');
  try {
    return await dispatch(argv, terminal, json);
  } catch (error) {
    const status = isPutRight(error) ? 2 : 1;
    const message = error instanceof Error ? error.message : String(error);
    if (json) terminal.print(JSON.stringify({ error: message, status }));
    else
      terminal.complain(
        status === 1 && error instanceof Error ? (error.stack ?? message) : message,
      );
    return status;
  }
}

async function dispatch(
  argv: readonly string[],
  terminal: Terminal,
  json: boolean,
): Promise<number> {
  const command = commandOf(argv);
  const wantsHelp = argv.includes('--help') || argv.includes('-h');
  if (!command) {
    const family = commands.filter(({ name }) => name.startsWith(`${argv[0]} `));
    const known = argv[0] === undefined || argv[0].startsWith('-') || family.length > 0;
    if (wantsHelp && known) {
      terminal.print(overview(family.length > 0 ? family : commands));
      return 0;
    }
    const typed = argv.filter((word) => !word.startsWith('-')).join(' ');
    const problem = typed === '' ? 'Which command?' : `There is no command "${typed}".`;
    throw new UsageError(`${problem}\n\n${overview(commands)}`);
  }
  if (wantsHelp) {
    terminal.print(helpOf(command));
    return 0;
  }
  const rest = argv.slice(command.name.split(' ').length);
  const { values, positionals } = parsed(command, rest);
  return command.run({ terminal, positionals, options: values, json });
}

function commandOf(argv: readonly string[]): Command | undefined {
  return commands.find(({ name }) => name.split(' ').every((word, index) => argv[index] === word));
}

function parsed(command: Command, args: readonly string[]): ReturnType<typeof parseArgs> {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      strict: true,
      options: { ...command.options, json: { type: 'boolean' } },
    });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${message}\n\n${helpOf(command)}`, { cause });
  }
}

function isPutRight(error: unknown): boolean {
  return error instanceof UsageError || error instanceof StartError || error instanceof JamzError;
}

function overview(listed: readonly Command[]): string {
  const width = Math.max(...listed.map(({ name }) => name.length));
  return [
    'Usage: trafficjamz <command>',
    '',
    ...listed.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'Each takes --help, and --json for machines. Exit status: 0 success, 2 what you can put right.',
  ].join('\n');
}

function helpOf({ name, usage, summary, optionHelp }: Command): string {
  const lines = [...optionHelp, ['--json', 'print JSON for machines'] as const];
  const width = Math.max(...lines.map(([option]) => option.length));
  return [
    `Usage: trafficjamz ${name}${usage === '' ? '' : ` ${usage}`}`,
    '',
    summary,
    '',
    ...lines.map(([option, meaning]) => `  ${option.padEnd(width)}  ${meaning}`),
  ].join('\n');
}

import { parseArgs } from 'node:util';
import { mutants } from './mutants/index.ts';

/** What a run was asked for, as it was written. */
export interface RunOptions {
  readonly seed: string;
  readonly hours: string;
  readonly group: string;
  readonly workers?: string | undefined;
  readonly report?: string | undefined;
  readonly commit?: string | undefined;
  readonly keep?: string | undefined;
  readonly mutant?: string | undefined;
  readonly mutants: boolean;
  readonly json: boolean;
}

const help = `npm run simulate -- [options]

Real replicas and the real server in a world of simulated time, in which things go wrong. World after world, four
hours each, until a promise is broken or the hours are over.

  --seed SEED      where it begins; the same seed gives the same run (default 1)
  --hours N        simulated hours (default 100)
  --group N        phones in the group, 2 to 50 (default 5)
  --workers N      on several threads, to the end whatever fails, and to be gone on with after a stop
  --report FILE    write the figures into this document; with --mutants those of the mutants
  --commit ID      what the report says was run, where there is no history to ask
  --keep 1,2,3     only these steps of the seed's plan: how a failure is replayed
  --mutant NAME    with this bug built in
  --mutants        each bug in turn: does the simulator show it?
  --json           the outcome as JSON, and nothing else
  --help           this

Status 0: every promise was kept, or every mutant shown. 1: not so. 2: it was asked for something that makes no sense.
`;

/** Reads the command line; ends the process where it only asks for help or makes no sense. */
export function readOptions(args: readonly string[]): RunOptions {
  const values = parsed(args);
  if (values.help) {
    process.stdout.write(`${help}\nMutants: ${mutants.map(({ name }) => name).join(', ')}\n`);
    process.exit(0);
  }
  return values;
}

/** @returns the number that an option says; ends the process where it says none in these bounds */
export function numberOf(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number) && number >= least && number <= most) {
    return number;
  }
  return misuse(`--${name} takes a number from ${least} to ${most}, not “${text}”`);
}

/** Says what is wrong with what was asked for, and ends the process. */
export function misuse(message: string): never {
  process.stderr.write(`simulate: ${message}; --help says what there is\n`);
  process.exit(2);
}

function parsed(args: readonly string[]): RunOptions & { readonly help: boolean } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string', default: '1' },
        hours: { type: 'string', default: '100' },
        group: { type: 'string', default: '5' },
        workers: { type: 'string' },
        report: { type: 'string' },
        commit: { type: 'string' },
        keep: { type: 'string' },
        mutants: { type: 'boolean', default: false },
        mutant: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return misuse(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error));
  }
}

import type { Terminal } from './cli/command.ts';
import { runCli } from './cli/run-cli.ts';

/** The process: its arguments, its terminal and its signals, given to the command line. */
const terminal: Terminal = {
  env: process.env,
  isTty: process.stdout.isTTY,
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
  onStop(listener) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, listener);
  },
  exit: (status) => process.exit(status),
};

process.exitCode = await runCli(process.argv.slice(2), terminal);

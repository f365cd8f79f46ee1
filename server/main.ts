#!/usr/bin/env node
import type { Terminal } from './cli/command.ts';

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

const oldestNode = 24;

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  console.error(`This needs Node ${oldestNode} or newer, and this is ${process.versions.node}`);
  process.exitCode = 2;
} else {
  // Loaded late: what it imports is not there in an older Node.
  const { runCli } = await import('./cli/run-cli.ts');
  process.exitCode = await runCli(process.argv.slice(2), terminal);
}

import type { ParseArgsOptionsConfig } from 'node:util';
import type { Environment } from '../config/read-config.ts';

/** What a command sees of the terminal and the process around it. */
export interface Terminal {
  readonly env: Environment;
  /** True where a person watches; then output may be for eyes. */
  readonly isTty: boolean;
  print(line: string): void;
  complain(line: string): void;
  /** Calls back once for each request to stop (SIGINT, SIGTERM). */
  onStop(listener: () => void): void;
  /** Ends the process at once. */
  exit(status: number): void;
}

export type OptionValues = Readonly<
  Record<string, string | boolean | readonly (string | boolean)[] | undefined>
>;

export interface Invocation {
  readonly terminal: Terminal;
  readonly positionals: readonly string[];
  readonly options: OptionValues;
  /** Print one JSON value for machines. */
  readonly json: boolean;
}

/** One command of the command line. */
export interface Command {
  /** As typed: `serve`, `sites add`. */
  readonly name: string;
  /** What follows the name in the usage line. */
  readonly usage: string;
  readonly summary: string;
  readonly options: ParseArgsOptionsConfig;
  /** One line for each option, as the help shows it. */
  readonly optionHelp: readonly (readonly [option: string, meaning: string])[];
  /** @returns the exit status. @throws {StartError | JamzError} for what a person can put right: exit status 2 */
  run(invocation: Invocation): Promise<number>;
}

/** The command was typed wrong. The message says how it is right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function textOption(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

export function listOption(options: OptionValues, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

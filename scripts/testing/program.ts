import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { until } from './until.ts';

/** A program that a test runs beside itself, and ends and starts again as it likes. It ends with the test's process. */
export interface Program {
  /**
   * Resolves when it is ready.
   *
   * @returns the line by which it said so; empty where it was asked
   * @throws {Error} with what it said last, where it ended before
   */
  start(): Promise<string>;
  /** Also to what it has started, where it is a script: `SIGSTOP` stops the program and not only its shell. */
  signal(signal: NodeJS.Signals): void;
  /**
   * Resolves when it is gone.
   *
   * @returns its exit status; null where a signal ended it, or where it was never started
   */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface ProgramOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** All of its environment; this process's by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** By which it is known to be ready: a line that it says, or a question. */
  readonly ready: RegExp | (() => Promise<boolean>);
  /** What it complains of is what the test does on purpose. */
  readonly isQuiet?: boolean;
}

const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) send(child, 'SIGKILL');
});

export function program(options: ProgramOptions): Program {
  const { command, args, env = process.env, ready, isQuiet = false } = options;
  let child: ChildProcess | undefined;
  let ended: Promise<number | null> = Promise.resolve(null);

  return {
    async start() {
      const saidLast: string[] = [];
      const begun = spawn(command, args, {
        env,
        stdio: [
          'ignore',
          ready instanceof RegExp ? 'pipe' : 'ignore',
          isQuiet ? 'ignore' : 'inherit',
        ],
        // A group of its own, which is ended as a whole.
        detached: true,
      });
      child = begun;
      alive.add(begun);
      ended = once(begun, 'exit').then(([status]: (number | null)[]) => {
        alive.delete(begun);
        return status ?? null;
      });
      const tooSoon = ended.then((status) => {
        const said = saidLast.join('\n');
        throw new Error(`${command} ended with status ${status} before it was ready\n${said}`);
      });
      if (ready instanceof RegExp) return Promise.race([saying(begun, ready, saidLast), tooSoon]);
      const isReady = async (): Promise<boolean> => hasEnded(begun) || (await ready());
      await Promise.race([until(isReady, `${command} answers`), tooSoon]);
      return '';
    },
    signal(signal) {
      if (child) send(child, signal);
    },
    async end(signal = 'SIGKILL') {
      if (child) send(child, signal);
      return ended;
    },
  };
}

function send(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined && !hasEnded(child)) process.kill(-child.pid, signal);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** Resolves with the first such line; what it says later is thrown away, so that its pipe does not fill up. */
async function saying(child: ChildProcess, ready: RegExp, saidLast: string[]): Promise<string> {
  if (!child.stdout) throw new Error('The program has an output');
  const { promise, resolve } = Promise.withResolvers<string>();
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    saidLast.push(line);
    if (saidLast.length > 20) saidLast.shift();
    if (ready.test(line)) resolve(line);
  });
  const line = await promise;
  lines.close();
  child.stdout.resume();
  return line;
}

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Threads that decode, make, carry and record sound, by what the system calls them: Chromium's, libpulse's, the sound server's. */
const soundThreads: ReadonlySet<string> = new Set([
  'AudioOutputDevi',
  'AudioThread',
  'Media',
  'threaded-ml',
  'pulseaudio',
  'null-sink',
  'parec',
  'pacat',
]);
const lookEveryMs = 500;
/** Of 1 … 99; a hardware's own driver has more. */
const priority = 10;

/**
 * Lets the threads that have to do with sound go before all other work of this machine, as they do on a phone; only
 * those of programs that this process has started. Others would decide by their load how the phones sound.
 */
export function soundFirst(): { readonly isAllowed: boolean; stop(): void } {
  const done = new Set<string>();
  let isAllowed = true;
  const look = (): void => {
    for (const pid of descendantsOf(process.pid)) {
      for (const [thread, name] of threadsOf(pid)) {
        if (done.has(thread) || !soundThreads.has(name)) continue;
        done.add(thread);
        const { status } = spawnSync('chrt', ['--fifo', '--pid', String(priority), thread]);
        if (status !== 0 && threadsOf(pid).has(thread)) isAllowed = false;
      }
    }
  };
  const timer = setInterval(look, lookEveryMs);
  return {
    get isAllowed() {
      return isAllowed;
    },
    stop: () => clearInterval(timer),
  };
}

function descendantsOf(root: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? readOrEmpty(`/proc/${name}/stat`) : '';
    // The name in brackets may hold anything; behind it come the state and the parent.
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isOurs = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === root || isOurs(parent));
  };
  return [...parents.keys()].filter(isOurs);
}

function threadsOf(pid: number): ReadonlyMap<string, string> {
  try {
    return new Map(
      readdirSync(`/proc/${pid}/task`).map((thread) => [
        thread,
        readOrEmpty(`/proc/${pid}/task/${thread}/comm`).trim(),
      ]),
    );
  } catch {
    return new Map();
  }
}

/** Processes end while they are looked at. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

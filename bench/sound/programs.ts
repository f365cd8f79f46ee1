import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

const needed: readonly string[] = ['pulseaudio', 'parec', 'pacat', 'pactl', 'ffmpeg'];
const packages: readonly string[] = ['pulseaudio', 'pulseaudio-utils', 'ffmpeg'];

/** Puts Debian's pulseaudio and ffmpeg on this machine where they are missing. @throws {Error} that says what to install */
export function ensurePrograms(say: (line: string) => void): void {
  const missing = needed.filter((name) => spawnSync('which', [name]).status !== 0);
  if (missing.length === 0) return;
  say(`Missing: ${missing.join(', ')}. Installing ${packages.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ]) {
    const { status, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8' });
    if (status === 0) continue;
    throw new Error(`Install ${packages.join(', ')} first (apt-get needs root): ${stderr.trim()}`);
  }
}

/** Ends a child and waits until it is gone. */
export async function ended(
  child: ChildProcess,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** Runs a program to its end. @throws {Error} with what it complained of */
export async function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let complaint = '';
  child.stdout.on('data', (data: Buffer) => (output += data));
  child.stderr.on('data', (data: Buffer) => (complaint += data));
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${complaint.trim()}`);
  return output;
}

import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const claimed: string[] = [];
process.once('exit', () => {
  for (const note of claimed) rmSync(note, { force: true });
});

/**
 * A port for a program that may be away for a while. It lies below those that systems give to outgoing connections,
 * and it is claimed until this process ends: no other test takes it meanwhile.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    if (claim(port) && (await isFree(port))) return port;
  }
}

/** @returns whether it is this process's now */
function claim(port: number): boolean {
  const note = join(tmpdir(), `jamz-port-${port}`);
  try {
    if (isOfTheDead(note)) rmSync(note, { force: true });
    writeFileSync(note, `${process.pid}`, { flag: 'wx' });
  } catch {
    return false;
  }
  claimed.push(note);
  return true;
}

/** Somebody claimed it who ended without taking that back. */
function isOfTheDead(note: string): boolean {
  let pid: number;
  try {
    pid = Number(readFileSync(note, 'utf8'));
  } catch {
    return false;
  }
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    await once(probe.listen(port, '127.0.0.1'), 'listening');
    probe.close();
    await once(probe, 'close');
    return true;
  } catch {
    return false;
  }
}

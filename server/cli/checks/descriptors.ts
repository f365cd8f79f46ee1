import { readFile } from 'node:fs/promises';
import type { Check, Finding } from './finding.ts';

/** A process of ten thousand sockets, with its files and connections. */
const enough = 12_000;

/** How many sockets and files this process may have open. */
export const checkDescriptors: Check = async () => {
  // Not on every system; then nothing is known.
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  return descriptorFindings(limits);
};

/** @param limits as `/proc/self/limits` has them */
export function descriptorFindings(limits: string): readonly Finding[] {
  const check = 'Descriptors';
  const [, soft = ''] = /^Max open files\s+(\d+|unlimited)/m.exec(limits) ?? [];
  if (soft === '') return [];
  if (soft === 'unlimited' || Number(soft) >= enough) {
    return [{ check, result: 'ok', message: `${soft} files and sockets may be open` }];
  }
  const message = `only ${soft} files and sockets may be open: raise it (ulimit -n, LimitNOFILE) before thousands come`;
  return [{ check, result: 'note', message }];
}

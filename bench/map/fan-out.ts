import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentile, shown } from '../figures.ts';
import { floorLoad, type LoadSubject, oursLoad } from '../load-subject.ts';
import { startServer } from '../server-handle.ts';
import type { FanOutHeard, FanOutOrder } from './fan-out-clients.ts';
import { aimed, type Section, table } from './section.ts';

interface Taken {
  readonly cpu: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly delivered: number;
  readonly messagesPerS: number;
  readonly kbPerS: number;
}

/** Where a bare relay still keeps up, and what is asked of us. */
const sizes = [100, 1_000];
const seconds = 8;
/** At a million messages a second a relay is behind from the first second on: what it does not get is no use. */
const overwhelmedSeconds = 1;

/** One group whose members all move at 1 Hz, beside a bare Socket.IO relay, one after the other in the same run. */
export async function measureFanOut(): Promise<Section> {
  const rows: (readonly [size: number, name: string, taken: Taken])[] = [];
  for (const size of sizes) {
    rows.push([size, 'bare Socket.IO', await take(floorLoad, size)]);
    rows.push([size, 'ours', await take(oursLoad, size)]);
  }
  return sectionOf(rows);
}

async function take(subject: LoadSubject, size: number): Promise<Taken> {
  const dir = mkdtempSync(join(tmpdir(), 'jamz-fan-out-'));
  const server = await startServer(subject.name, dir);
  const clients = fork(join(import.meta.dirname, 'fan-out-clients.ts'), [subject.name], {
    serialization: 'advanced',
  });
  try {
    const members = await subject.found(server.port, 1, size);
    const lasting = subject === floorLoad && size >= 1_000 ? overwhelmedSeconds : seconds;
    const order: FanOutOrder = {
      members: members.map((member) => ({ ...member, port: server.port })),
      seconds: lasting,
    };
    const open = said(clients);
    clients.send(order);
    await open;
    const [cpuBefore, bytesBefore] = [await server.cpuMs(), await server.bytes()];
    const done = said(clients);
    clients.send('go');
    const heard = (await done) as FanOutHeard;
    const cpuMs = (await server.cpuMs()) - cpuBefore;
    const bytes = (await server.bytes()) - bytesBefore;
    const expected = heard.reports * heard.watchers;
    return {
      cpu: cpuMs / (lasting * 1_000),
      p50Ms: percentile(heard.fanOutMs, 50),
      p99Ms: percentile(heard.fanOutMs, 99),
      // A relay does not tell its writer; we do, in the message that all get.
      delivered: heard.fanOutMs.length / (expected - (subject === floorLoad ? expected / size : 0)),
      messagesPerS: heard.messages / lasting,
      kbPerS: bytes / 1_000 / lasting / size,
    };
  } finally {
    clients.disconnect();
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function said(clients: ChildProcess): Promise<unknown> {
  const [answer] = await Promise.race([once(clients, 'message'), once(clients, 'exit')]);
  if (typeof answer === 'number' || answer === null || 'failed' in Object(answer)) {
    throw new Error(`The members failed: ${JSON.stringify(answer)}`);
  }
  return answer;
}

function sectionOf(rows: readonly (readonly [number, string, Taken])[]): Section {
  const percent = (part: number): string => `${shown(100 * part)} %`;
  const head = ['members, 1 Hz each', '', 'server CPU', 'fan-out p50, ms', 'p99, ms', 'delivered'];
  const cells = rows.map(([size, name, one]) => [
    ...[size.toLocaleString('en'), name, percent(one.cpu), shown(one.p50Ms), shown(one.p99Ms)],
    ...[percent(one.delivered), shown(one.messagesPerS), shown(one.kbPerS)],
  ]);
  const largest = Math.max(...sizes);
  const of = (name: string) => rows.find(([size, who]) => size === largest && who === name)?.[2];
  const [floor, ours] = [of('bare Socket.IO'), of('ours')];
  if (!floor || !ours) throw new Error('Both were to be measured.');
  const { lines, missed } = aimed([
    [
      ours.cpu <= floor.cpu,
      `${percent(ours.cpu)} of a core for ${largest.toLocaleString('en')} members, the bare relay ${percent(floor.cpu)}`,
    ],
    [
      ours.p99Ms <= floor.p99Ms,
      `fan-out p99 ${shown(ours.p99Ms)} ms, the bare relay ${shown(floor.p99Ms)} ms`,
    ],
    [ours.delivered > 0.999, `${percent(ours.delivered)} of the reports heard by everybody`],
  ]);
  const text = `${table([...head, 'messages/s to each', 'kB/s to each'], cells)}\n\n${lines}`;
  return { name: 'fan-out', text, missed };
}

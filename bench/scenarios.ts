import { setTimeout as sleep } from 'node:timers/promises';
import type { Peer } from './peer.ts';
import { trackRecord } from './track-record.ts';

/** Opens clients of one list. */
export type Open = (name: string) => Peer;

export interface FanOut {
  readonly ackMs: readonly number[];
  readonly fanOutMs: readonly number[];
  /** What the server spent from the first update until everybody had the last; who is there came before. */
  readonly cpuMs: number;
}

/** One writer, many readers, updates at a steady pace: from the write to the ack, and to each reader's callback. */
export async function fanOut(
  open: Open,
  { readers, updates, perSecond }: { readers: number; updates: number; perSecond: number },
  cpuMs: () => Promise<number>,
): Promise<FanOut> {
  const writer = open('writer');
  await writer.connect();
  await writer.setReg({ seq: -1, t: 0 });
  const ackMs: number[] = [];
  const fanOutMs: number[] = [];
  const seen: number[] = Array.from({ length: readers }, () => -1);
  const peers: Peer[] = [];
  for (let reader = 0; reader < readers; reader++) {
    const peer = open(`reader ${reader}`);
    await peer.connect();
    peer.onReg((value) => {
      if (!isStamped(value) || value.seq <= (seen[reader] ?? -1)) return;
      seen[reader] = value.seq;
      fanOutMs.push(performance.now() - value.t);
    });
    peers.push(peer);
  }
  await sleep(500);
  const cpuBeforeMs = await cpuMs();
  const startMs = performance.now();
  for (let seq = 0; seq < updates; seq++) {
    await sleep(Math.max(0, startMs + (seq * 1000) / perSecond - performance.now()));
    const t = performance.now();
    void writer.setReg({ seq, t }).then(() => ackMs.push(performance.now() - t));
  }
  await until(() => seen.every((seq) => seq === updates - 1) && ackMs.length === updates);
  const spentMs = (await cpuMs()) - cpuBeforeMs;
  await closeAll([writer, ...peers]);
  return { ackMs, fanOutMs, cpuMs: spentMs };
}

export interface Drain {
  readonly enqueueMs: number;
  readonly drainMs: number;
  readonly bytesPerOp: number;
}

/** A reader is there; a writer appends offline, then its network comes back: until it is in step and the reader has all. */
export async function drain(
  open: Open,
  count: number,
  bytes: () => Promise<number>,
): Promise<Drain> {
  const reader = open('reader');
  const writer = open('writer');
  await reader.connect();
  await writer.connect();
  await writer.disconnect();
  await sleep(200);
  const enqueueStartMs = performance.now();
  for (let index = 0; index < count; index++) writer.append(trackRecord('A', index));
  const enqueueMs = performance.now() - enqueueStartMs;
  await sleep(300);
  const bytesBefore = await bytes();
  const startMs = performance.now();
  const seen = whenLength(reader, count);
  await writer.connect();
  await seen;
  const drainMs = performance.now() - startMs;
  const bytesPerOp = ((await bytes()) - bytesBefore) / count;
  await closeAll([reader, writer]);
  return { enqueueMs, drainMs, bytesPerOp };
}

export interface Merge {
  readonly mergeMs: number;
  readonly isSameOrder: boolean;
  readonly lost: number;
}

/** Two replicas append offline, then both come back: until both have everything. */
export async function merge(open: Open, each: number): Promise<Merge> {
  const peers = [open('left'), open('right')];
  for (const peer of peers) await peer.connect();
  for (const peer of peers) await peer.disconnect();
  await sleep(200);
  for (const [side, peer] of peers.entries()) {
    for (let index = 0; index < each; index++) peer.append(trackRecord(side ? 'B' : 'A', index));
  }
  await sleep(300);
  const startMs = performance.now();
  const seen = peers.map((peer) => whenLength(peer, 2 * each));
  await Promise.all(peers.map((peer) => peer.connect()));
  await Promise.all(seen);
  const mergeMs = performance.now() - startMs;
  await sleep(300);
  const [left = [], right = []] = peers.map((peer) => peer.ids());
  const lost = 4 * each - new Set(left).size - new Set(right).size;
  await closeAll(peers);
  return { mergeMs, isSameOrder: JSON.stringify(left) === JSON.stringify(right), lost };
}

export interface Join {
  readonly joinMs: number;
  readonly bytes: number;
}

/** A new client with nothing of its own: until it has the whole list. Its sign-in is in the time. */
export async function join(open: Open, count: number, bytes: () => Promise<number>): Promise<Join> {
  const bytesBefore = await bytes();
  const startMs = performance.now();
  const peer = open('joiner');
  const seen = whenLength(peer, count);
  await peer.connect();
  await seen;
  const joinMs = performance.now() - startMs;
  const received = (await bytes()) - bytesBefore;
  await closeAll([peer]);
  return { joinMs, bytes: received };
}

/** Fills a list for {@link join}. */
export async function fill(open: Open, count: number): Promise<void> {
  const peer = open('filler');
  await peer.connect();
  await peer.disconnect();
  for (let index = 0; index < count; index++) peer.append(trackRecord('A', index));
  await peer.connect();
  await closeAll([peer]);
}

/** Some ops made offline: from the network's return until in step. */
export async function backInStep(open: Open, count: number): Promise<number> {
  const peer = open('traveller');
  await peer.connect();
  await peer.disconnect();
  await sleep(200);
  for (let index = 0; index < count; index++) peer.append(trackRecord('A', index));
  await sleep(100);
  const startMs = performance.now();
  await peer.connect();
  const inStepMs = performance.now() - startMs;
  await closeAll([peer]);
  return inStepMs;
}

async function whenLength(peer: Peer, length: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const check = (): void => {
    if (peer.length() >= length) resolve();
  };
  const stop = peer.onChange(check);
  check();
  await promise;
  stop();
}

async function until(holds: () => boolean): Promise<void> {
  const endMs = performance.now() + 60_000;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error('Not all updates arrived within a minute');
    await sleep(2);
  }
}

async function closeAll(peers: readonly Peer[]): Promise<void> {
  for (const peer of peers) await peer.close();
}

function isStamped(value: unknown): value is { readonly seq: number; readonly t: number } {
  return typeof value === 'object' && value !== null && 'seq' in value && 't' in value;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { type LoadSocket, openLoadSocket } from './load-socket.ts';
import { floorLoad, oursLoad, type SeatedMember } from './load-subject.ts';

/** What the process of some clients is told to do, one after the other; it answers each. */
export type LoadOrder =
  | { readonly kind: 'open'; readonly members: readonly SeatedMember[] }
  | { readonly kind: 'write'; readonly perSecond: number; readonly forMs: number };

export interface LoadResult {
  /** From the write to its answer. */
  readonly ackMs: readonly number[];
  /** From the write to each other member of the group. */
  readonly fanOutMs: readonly number[];
}

/** Many sockets in one process: `load-clients.ts <floor|ours>`, started by `load-turn.ts`. */
const subject = process.argv[2] === 'floor' ? floorLoad : oursLoad;
const opensAtOnce = 20;
/** What is still under way is waited for, so long. */
const settleMs = 30_000;
/** The time of a write travels in its text, between two of these. */
const mark = '~';

interface Client {
  readonly member: SeatedMember;
  readonly socket: LoadSocket;
  written: number;
}
const clients: Client[] = [];
let fanOutMs: number[] = [];

/** The same for every process of this machine. */
function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** One event may bring several writes. */
function onEvent(text: string): void {
  let from = text.indexOf(mark);
  while (from >= 0) {
    const to = text.indexOf(mark, from + 1);
    fanOutMs.push(nowMs() - Number(text.slice(from + 1, to)));
    from = text.indexOf(mark, to + 1);
  }
}

async function open(members: readonly SeatedMember[]): Promise<void> {
  let next = 0;
  const lanes = Array.from({ length: opensAtOnce }, async () => {
    for (;;) {
      const member = members[next++];
      if (!member) return;
      const socket = await openLoadSocket({ ...subject.socket(member), onEvent });
      clients.push({ member, socket, written: 0 });
    }
  });
  await Promise.all(lanes);
}

/** Every client in turn, at a steady pace: who is late catches up at once, so a slow server is not spared. */
async function write(perSecond: number, forMs: number): Promise<LoadResult> {
  const ackMs: number[] = [];
  fanOutMs = [];
  const startMs = nowMs();
  const writeOne = async (client: Client, dueMs: number): Promise<void> => {
    const text = `${mark}${dueMs.toFixed(3)}${mark}`;
    client.written += 1;
    const answer = await client.socket.ask(...subject.write(client.member, client.written, text));
    if (answer.includes('"error"') || answer.includes('"retry":[[')) throw new Error(answer);
    ackMs.push(nowMs() - dueMs);
  };
  let sent = 0;
  while (nowMs() - startMs < forMs) {
    const due = ((nowMs() - startMs) / 1_000) * perSecond;
    for (; sent < due; sent++) {
      const client = clients[sent % clients.length];
      if (client) void writeOne(client, startMs + (sent * 1_000) / perSecond);
    }
    await sleep(2);
  }
  const deadlineMs = nowMs() + settleMs;
  while (ackMs.length < sent && nowMs() < deadlineMs) await sleep(20);
  if (ackMs.length < sent) throw new Error(`${sent - ackMs.length} of ${sent} writes unanswered`);
  // The last broadcasts are on their way.
  for (let heard = -1; heard !== fanOutMs.length; await sleep(1_000)) heard = fanOutMs.length;
  return { ackMs, fanOutMs };
}

process.on('message', async (order: LoadOrder) => {
  try {
    if (order.kind === 'open') {
      await open(order.members);
      process.send?.({ open: clients.length });
    } else process.send?.(await write(order.perSecond, order.forMs));
  } catch (error) {
    process.send?.({ failed: String(error) });
  }
});
process.on('disconnect', () => process.exit());

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { moved } from '../../sdk/positions/earth.ts';
import { groupScope } from '../../sdk/protocol/ids.ts';
import { type LoadSocket, openLoadSocket } from '../load-socket.ts';
import { floorLoad, oursLoad, type SeatedMember } from '../load-subject.ts';

/** What this process is told to do. */
export interface FanOutOrder {
  readonly members: readonly SeatedMember[];
  readonly seconds: number;
}

export interface FanOutHeard {
  /** From when a report was due to each watcher that heard of it. */
  readonly fanOutMs: readonly number[];
  readonly reports: number;
  /** Members whose messages are looked into; the others only take them. */
  readonly watchers: number;
  /** Messages that one member got, on average. */
  readonly messages: number;
}

/** Members of one group, each of whom tells once a second where it is: `fan-out-clients.ts <floor|ours>`. */
const isFloor = process.argv[2] === 'floor';
const subject = isFloor ? floorLoad : oursLoad;
const watchers = 20;
const opensAtOnce = 20;
const start = { lat: 43.7384, lng: 7.4246 };

function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

async function run({ members, seconds }: FanOutOrder): Promise<FanOutHeard> {
  const sockets: LoadSocket[] = [];
  let fanOutMs: number[] = [];
  let messages = 0;
  let fromMs = Number.POSITIVE_INFINITY;
  /** A report is known by its time, which no other has. */
  const onEvent = (isWatcher: boolean) => (text: string) => {
    messages += 1;
    if (!isWatcher) return;
    const heardMs = nowMs();
    for (const [, at] of text.matchAll(/"atMs":([\d.]+)/gu)) {
      if (Number(at) >= fromMs) fanOutMs.push(heardMs - Number(at));
    }
  };
  const every = Math.max(1, Math.floor(members.length / watchers));
  let next = 0;
  const lanes = Array.from({ length: opensAtOnce }, async () => {
    for (let index = next++; index < members.length; index = next++) {
      const member = members[index];
      if (!member) return;
      const isWatcher = index % every === 0 && index / every < watchers;
      sockets[index] = await openLoadSocket({
        ...subject.socket(member),
        onEvent: onEvent(isWatcher),
      });
    }
  });
  await Promise.all(lanes);

  /** In turn, evenly over each second; who is late catches up at once. */
  const report = async (forMs: number): Promise<number> => {
    const beganMs = nowMs();
    fromMs = beganMs;
    fanOutMs = [];
    messages = 0;
    const answers: Promise<unknown>[] = [];
    for (let sent = 0; nowMs() - beganMs < forMs; await sleep(1)) {
      const due = Math.min(
        ((nowMs() - beganMs) / 1_000) * members.length,
        (forMs / 1_000) * members.length,
      );
      for (; sent < due; sent++) {
        const index = sent % members.length;
        const [socket, member] = [sockets[index], members[index]];
        const dueMs = beganMs + (sent * 1_000) / members.length;
        if (socket && member) answers.push(socket.ask(...reportOf(member, index, dueMs)));
      }
    }
    await Promise.all(answers);
    for (let heard = -1; heard !== messages; await sleep(500)) heard = messages;
    return answers.length;
  };
  process.send?.('open');
  await once(process, 'message');
  const reports = await report(seconds * 1_000);
  return { fanOutMs, reports, watchers, messages: messages / members.length };
}

function reportOf(member: SeatedMember, index: number, atMs: number): readonly [string, unknown] {
  const at = moved(start, (index * 137) % 360, (index % 50) * 40 + (atMs % 60_000) / 100);
  const fix = {
    ...{ lat: Number(at.lat.toFixed(6)), lng: Number(at.lng.toFixed(6)), accuracyM: 8 },
    ...{ headingDeg: (index * 7) % 360, speedMps: 12.5, atMs },
  };
  const said = { deviceId: `phone-${index}`, mode: 'precise', fix };
  if (isFloor) return ['op', { reg: { memberId: member.userId, ...said } }];
  return ['live', { scope: groupScope(member.groupId), ...said }];
}

process.once('message', async (order: FanOutOrder) => {
  try {
    process.send?.(await run(order));
  } catch (error) {
    process.send?.({ failed: String(error) });
  }
});
process.on('disconnect', () => process.exit());

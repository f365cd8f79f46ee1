import { deepEqual, equal, ok } from 'node:assert/strict';
import { it } from 'node:test';
import type { Commit } from '../../sdk/protocol/wire.ts';
import type { Bus, BusMessage, BusOrigin } from './bus.ts';

/** What one end of a bus heard. */
export interface Heard {
  readonly message: BusMessage;
  readonly origin: BusOrigin;
}

/**
 * The contract of the bus. Each case opens its ends anew.
 *
 * @param open an end of one and the same bus, as another process has it
 * @param hasOthers whether ends of this adapter hear each other
 */
export function busContract(open: () => Promise<Bus>, hasOthers: boolean): void {
  it('has told the listeners of its own process, in the order they came, when publish returns', async () => {
    const bus = await open();
    const order: string[] = [];
    bus.subscribe((_message, origin) => order.push(`first ${origin}`));
    bus.subscribe((_message, origin) => order.push(`second ${origin}`));
    bus.publish(groups('ana'));
    deepEqual(order, ['first here', 'second here']);
    await bus.close();
  });

  it('tells nothing to who has ended the subscription', async () => {
    const bus = await open();
    const heard: BusMessage[] = [];
    const end = bus.subscribe((message) => heard.push(message));
    end();
    bus.publish(groups('ana'));
    equal(heard.length, 0);
    await bus.close();
  });

  it('tells the others when one listener throws', async () => {
    const bus = await open();
    let heard = 0;
    bus.subscribe(() => {
      throw new Error('a bug');
    });
    bus.subscribe(() => {
      heard += 1;
    });
    bus.publish(groups('ana'));
    equal(heard, 1);
    await bus.close();
  });

  it('is whole, and has missed nothing, while nothing is wrong', async () => {
    const bus = await open();
    const { isWhole, gaps, dropped } = bus.health();
    deepEqual({ isWhole, gaps, dropped }, { isWhole: true, gaps: 0, dropped: 0 });
    await bus.close();
  });

  if (!hasOthers) return;

  it('[WR19] carries messages of every kind to the other processes as they are, in the order in which they were published', async () => {
    const [here, there] = await Promise.all([open(), open()]);
    const messages = [...everyKind(), ...Array.from({ length: 1_500 }, (_, n) => groups(`u${n}`))];
    const arrived = listen(there, messages.length);
    for (const message of messages) here.publish(message);
    const heard = await arrived;
    equal(
      heard.every(({ origin }) => origin === 'elsewhere'),
      true,
    );
    deepEqual(
      heard.map(({ message }) => plain(message)),
      messages.map(plain),
    );
    await Promise.all([here.close(), there.close()]);
  });

  it('tells a publisher nothing twice', async () => {
    const [here, there] = await Promise.all([open(), open()]);
    const own: BusMessage[] = [];
    here.subscribe((message) => own.push(message));
    here.publish(groups('ana'));
    const back = listen(here, 1);
    const arrived = listen(there, 1);
    await arrived;
    // Its own message came through the bus before this one.
    there.publish(groups('bo'));
    deepEqual(
      (await back).map(({ message }) => message),
      [groups('bo')],
    );
    deepEqual(own, [groups('ana'), groups('bo')]);
    await Promise.all([here.close(), there.close()]);
  });

  it('knows how many others there are, and forgets who said goodbye', async () => {
    const [here, there] = await Promise.all([open(), open()]);
    const arrived = listen(here, 1);
    there.publish(groups('ana'));
    await arrived;
    ok(here.health().others >= 1);
    const other = await open();
    const answer = listen(other, 1);
    await there.close();
    here.publish(groups('bo'));
    await answer;
    equal(other.health().others, 1);
    await Promise.all([here.close(), other.close()]);
  });
}

/** The next so many messages that an end hears from now on. */
export function listen(bus: Bus, count: number): Promise<readonly Heard[]> {
  const heard: Heard[] = [];
  return new Promise((resolve) => {
    const end = bus.subscribe((message, origin) => {
      heard.push({ message, origin });
      if (heard.length < count) return;
      end();
      resolve(heard);
    });
  });
}

export function groups(userId: string): BusMessage {
  return { kind: 'groups', userId };
}

/** As JSON would have it: what is lazily read is there, what is only for speed is not. */
function plain(message: BusMessage): unknown {
  if (message.kind !== 'commits') return message;
  const { kind, scope, commits } = message;
  return { kind, scope, commits };
}

function everyKind(): readonly BusMessage[] {
  const commit: Commit = {
    generation: 1,
    seq: 7,
    count: 1,
    atMs: 1_700_000_000_000,
    hash: '0123456789abcdef',
    runs: [
      {
        replicaId: 'r1',
        authorId: 'ana',
        stamperId: 's1',
        version: 1,
        base: [1, 6],
        ops: [[1, 1, 1_700_000_000_000, 0, 'messages.send', { text: 'Zug um 7 — “é” 🚂\n' }]],
      },
    ],
  };
  const fix = { lat: 52.5, lng: 13.4, accuracyM: 5, atMs: 1_700_000_000_000 };
  const live = {
    scope: 'g:road',
    entries: [{ memberId: 'ana', deviceId: 'd1', mode: 'precise', fix }],
  } as const;
  return [
    { kind: 'commits', scope: 'g:road', commits: [commit] },
    { kind: 'commits', scope: 'g:road', commits: [commit], json: JSON.stringify([commit]) },
    { kind: 'live', message: live },
    { kind: 'live-asked' },
    { kind: 'live-known', messages: [live] },
    { kind: 'ended', userId: 'bo', ended: { scope: 'g:road', code: 'removed', message: 'Out' } },
    { kind: 'groups', userId: 'bo' },
    { kind: 'history-chosen', userId: 'bo' },
    { kind: 'site-sockets', processId: 'p1', counts: [['s1', 2]] },
    { kind: 'signed-out', familyId: 'f1' },
  ];
}

import { filter, firstValueFrom } from 'rxjs';
import '../../components/define.ts';
import type { Group, Jamz } from '../../sdk/api.ts';
import { connect } from '../../sdk/connect.ts';
import { newId } from '../../sdk/protocol/ids.ts';
import { noChange } from '../../sdk/store/journal.ts';
import { openStorage } from '../../sdk/store/open-storage.ts';
import { frame, updated } from './frames.ts';
import { outboxEntries } from './outbox-entries.ts';

/** What the bench asks of a page; each call is told the server's address. All figures in ms. */
export interface PageBench {
  /** In a list of `items` with `waiting` ops in the outbox: each tap's handler and render, and how long until it is painted. */
  taps(at: PageAddress, items: number, waiting: number, times: number): Promise<Taps>;
  /** One op after the other into IndexedDB, and what a start reads of it. */
  journal(times: number): Promise<{ readonly writeMs: number[]; readonly readMs: number[] }>;
  /** Goes offline, makes `pending` ops, comes back: until it is in step again. */
  reconnect(at: PageAddress, pending: number): Promise<number>;
}

export interface PageAddress {
  readonly server: string;
  readonly code: string;
  readonly groupId: string;
}

export interface Taps {
  readonly handlerAndRenderMs: number[];
  readonly paintedMs: number[];
}

const bench: PageBench = {
  async taps(at, items, waiting, times) {
    const { jamz, group } = await join(at);
    await firstValueFrom(group.playlist$.pipe(filter(({ length }) => length >= items)));
    jamz.online(false);
    const [first] = group.playlist$.value;
    if (!first) throw new Error('The list is empty.');
    for (let made = 0; made < waiting; made += 1) group.send(`Waiting ${made}`);
    const list = document.createElement('jamz-playlist');
    Object.assign(list, { client: jamz, group });
    document.body.replaceChildren(list);
    await updated(list);
    await frame();

    const taps: Taps = { handlerAndRenderMs: [], paintedMs: [] };
    for (let time = 0; time < times; time += 1) {
      await frame();
      const startMs = performance.now();
      if (time % 2 === 0) group.like(first.itemId);
      else group.unlike(first.itemId);
      await updated(list);
      // Forces style and layout, which the browser would do before it paints.
      list.getBoundingClientRect();
      taps.handlerAndRenderMs.push(performance.now() - startMs);
      await frame();
      taps.paintedMs.push(performance.now() - startMs);
    }
    await jamz.close();
    return taps;
  },

  async journal(times) {
    const storage = openStorage(
      'browser',
      { server: 'bench', site: 'bench', namespace: newId(Math.random) },
      Math.random,
    );
    const journal = storage.journalOf('ana');
    await journal.load();
    const writeMs: number[] = [];
    for (const entry of outboxEntries(times)) {
      const startMs = performance.now();
      await journal.write({ ...noChange, enqueue: [entry] });
      writeMs.push(performance.now() - startMs);
    }
    await storage.caches.set('profile', { name: 'Ana', groups: ['one', 'two'] });
    const readMs: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const startMs = performance.now();
      await storage.caches.get('profile');
      readMs.push(performance.now() - startMs);
    }
    await journal.close();
    return { writeMs, readMs };
  },

  async reconnect(at, pending) {
    const { jamz, group } = await join(at);
    jamz.online(false);
    await firstValueFrom(jamz.status$.pipe(filter(({ state }) => state === 'OFFLINE')));
    for (let made = 0; made < pending; made += 1) group.send(`Offline ${made}`);
    await frame();
    const startMs = performance.now();
    jamz.online(true);
    await inStep(jamz);
    const tookMs = performance.now() - startMs;
    await jamz.close();
    return tookMs;
  },
};

Object.assign(globalThis, { bench });

async function join({ server, code, groupId }: PageAddress): Promise<{ jamz: Jamz; group: Group }> {
  const jamz = connect({ server, site: 'pk_demo', namespace: newId(Math.random) });
  await jamz.session.signInAsGuest({ name: 'Bench', inviteCode: code });
  const group = jamz.group(groupId);
  await firstValueFrom(group.availability$.pipe(filter(({ kind }) => kind === 'ready')));
  await inStep(jamz);
  return { jamz, group };
}

async function inStep(jamz: Jamz): Promise<void> {
  await firstValueFrom(
    jamz.status$.pipe(filter(({ state, pending }) => state === 'SYNCED' && pending === 0)),
  );
}

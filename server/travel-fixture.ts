import { deepEqual, equal } from 'node:assert/strict';
import { filter, firstValueFrom } from 'rxjs';
import type { Group, Jamz } from '../sdk/api.ts';
import { connect } from '../sdk/connect.ts';

/**
 * Replicas of the real SDK that add tracks, and remove their older ones, as fast as that is acknowledged, whatever
 * happens to their server.
 */
export interface Travellers {
  /** Resolves when so many more tracks have been acknowledged; rejects when one was refused. */
  progress(count: number): Promise<void>;
  /** Ends the work, and checks that all that is acknowledged is so for everybody, each track once. */
  arrive(): Promise<void>;
  close(): Promise<void>;
}

const site = 'pk_demo';
const lanes = 5;
/** Each lane leaves so many: a quick machine would fill the list. */
const keptPerLane = 40;

/** @param servers processes of one server: the first founds the group, and members come by turns through all */
export async function travellers(
  servers: string | readonly string[],
  names: readonly string[],
): Promise<Travellers> {
  const bases = [servers].flat();
  const [first = ''] = bases;
  const acked = new Set<string>();
  let ackedCount = 0;
  let wanted: { readonly count: number; readonly reached: () => void } | undefined;
  let stopped = false;

  const open = async (name: string, server = first): Promise<Jamz> => {
    const jamz = connect({ server, site, storage: 'memory' });
    await jamz.session.signInAsGuest({ name });
    return jamz;
  };
  const travel = async (group: Group, name: string): Promise<void> => {
    for (let count = 0; !stopped; count++) {
      const title = `${name} ${count}`;
      await group.addTracks([{ title, durationMs: 60_000 }]).acked;
      acked.add(title);
      ackedCount += 1;
      if (wanted && ackedCount >= wanted.count) wanted.reached();
      if (count >= keptPerLane) await remove(group, `${name} ${count - keptPerLane}`);
    }
  };
  const remove = async (group: Group, title: string): Promise<void> => {
    const item = group.playlist$.value.find((track) => track.title === title);
    if (!item) throw new Error(`${title} was acknowledged, and is not in the list`);
    await group.removeTrack(item.itemId).acked;
    acked.delete(title);
  };

  const founder = await open('founder');
  const founded = await founder.createGroup({ name: 'Tunnel' });
  await ready(founded);
  const { code } = await founded.invite();
  await founder.close();
  const enter = async (name: string, index = 0): Promise<{ jamz: Jamz; group: Group }> => {
    const jamz = await open(name, bases[index % bases.length]);
    const group = await jamz.joinGroup(code);
    await ready(group);
    return { jamz, group };
  };
  const members = await Promise.all(names.map(enter));
  const work = Promise.all(
    members.flatMap(({ group }, index) =>
      Array.from({ length: lanes }, (_, lane) => travel(group, `${names[index]} ${lane}`)),
    ),
  );

  return {
    progress(count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      wanted = { count: ackedCount + count, reached: resolve };
      return Promise.race([promise, work.then(() => promise)]);
    },
    async arrive() {
      stopped = true;
      await work;
      const newcomer = await enter('newcomer');
      const titles = titlesOf(newcomer.group);
      // Closed before anything is checked: an open replica would keep a failed test alive.
      await newcomer.jamz.close();
      equal(new Set(titles).size, titles.length);
      deepEqual(titles.toSorted(), [...acked].toSorted());
      for (const { jamz, group } of members) {
        await synced(jamz);
        deepEqual(titlesOf(group), titles);
      }
    },
    async close() {
      stopped = true;
      await Promise.all(members.map(({ jamz }) => jamz.close()));
    },
  };
}

async function ready({ availability$ }: Group): Promise<void> {
  await firstValueFrom(availability$.pipe(filter(({ kind }) => kind === 'ready')));
}

async function synced({ status$ }: Jamz): Promise<void> {
  await firstValueFrom(
    status$.pipe(filter(({ state, pending }) => state === 'SYNCED' && pending === 0)),
  );
}

function titlesOf({ playlist$ }: Group): readonly string[] {
  return playlist$.value.map(({ title }) => title);
}

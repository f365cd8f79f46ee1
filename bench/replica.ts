import { filter, firstValueFrom } from 'rxjs';
import type { Group, Jamz } from '../sdk/api.ts';
import { connect } from '../sdk/connect.ts';
import type { Peer, Subject } from './peer.ts';

/** A group for one measurement, and how replicas get into it. */
export interface BenchGroup {
  readonly groupId: string;
  readonly code: string;
  /** The register is the name of this place: any member may write it, every write is a logged op. */
  readonly placeId: string;
}

/** The real SDK, as any page or Node process uses it. */
export const ours: Subject = {
  name: 'ours',
  kind: 'ours',
  async found(foundingPort, name) {
    const group = await foundGroup(addressOf(foundingPort), name);
    return (port, peerName) => openReplica(addressOf(port), group, peerName);
  },
};

const site = 'pk_demo';

export function addressOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Makes a group with its register, and leaves. */
export async function foundGroup(server: string, name: string): Promise<BenchGroup> {
  const jamz = connect({ server, site, storage: 'memory' });
  try {
    await jamz.session.signInAsGuest({ name: 'Founder' });
    const group = await jamz.createGroup({ name });
    await whenReady(jamz, group);
    await group.savePlace({ name: 'null', lat: 0, lng: 0 }).acked;
    const placeId = group.places$.value[0]?.placeId;
    if (placeId === undefined) throw new Error('The place was acknowledged and is not there');
    const { code } = await group.invite();
    return { groupId: group.id, code, placeId };
  } finally {
    await jamz.close();
  }
}

/** One replica with an identity and memory of its own, not connected yet. */
export function openReplica(server: string, to: BenchGroup, name: string): Peer {
  const jamz = connect({ server, site, storage: 'memory' });
  const group = jamz.group(to.groupId);
  let isIn = false;

  return {
    async connect() {
      if (!isIn) {
        await jamz.session.signInAsGuest({ name, inviteCode: to.code });
        isIn = true;
      } else {
        jamz.online(true);
      }
      await whenReady(jamz, group);
    },
    async disconnect() {
      jamz.online(false);
      await firstValueFrom(jamz.status$.pipe(filter(({ state }) => state === 'OFFLINE')));
    },
    append({ id, uri, title, by, dur }) {
      group.addTracks([{ trackId: id, url: uri, title, artist: by, durationMs: dur * 1000 }]);
    },
    setReg: (value) => group.updatePlace(to.placeId, { name: JSON.stringify(value) }).acked,
    length: () => group.playlist$.value.length,
    ids: () => group.playlist$.value.map(({ trackId = '' }) => trackId),
    reg: () => regOf(group),
    onChange(listener) {
      const watch = group.playlist$.subscribe(listener);
      return () => watch.unsubscribe();
    },
    onReg(listener) {
      group.places$.subscribe(() => listener(regOf(group)));
    },
    close: () => jamz.close(),
  };
}

async function whenReady(jamz: Jamz, group: Group): Promise<void> {
  await firstValueFrom(group.availability$.pipe(filter(({ kind }) => kind === 'ready')));
  await firstValueFrom(
    jamz.status$.pipe(filter(({ state, pending }) => state === 'SYNCED' && pending === 0)),
  );
}

function regOf({ places$ }: Group): unknown {
  return JSON.parse(places$.value[0]?.name ?? 'null');
}

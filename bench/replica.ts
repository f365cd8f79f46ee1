import { filter, firstValueFrom } from 'rxjs';
import type { Group, Jamz, Sent } from '../sdk/api.ts';
import { connect } from '../sdk/connect.ts';
import type { TrackRecord } from './track-record.ts';

/** A group for one measurement, and how replicas get into it. */
export interface BenchGroup {
  readonly groupId: string;
  readonly code: string;
  /** The register is the name of this place: any member may write it, every write is a logged op. */
  readonly placeId: string;
}

/** One replica of the SDK, with an identity and memory of its own. */
export interface BenchReplica {
  /** Signs in and follows the group the first time; later only switches the network on. Resolves when SYNCED. */
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  append(track: TrackRecord): Sent;
  setReg(value: unknown): Sent;
  length(): number;
  ids(): readonly string[];
  reg(): unknown;
  /** @returns ends it */
  onChange(listener: () => void): () => void;
  onReg(listener: (value: unknown) => void): void;
  close(): Promise<void>;
}

const site = 'pk_demo';

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

export function openReplica(server: string, to: BenchGroup, name: string): BenchReplica {
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
    append: ({ id, uri, title, by, dur }) =>
      group.addTracks([{ trackId: id, url: uri, title, artist: by, durationMs: dur * 1000 }]),
    setReg: (value) => group.updatePlace(to.placeId, { name: JSON.stringify(value) }),
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

import { connect, type Group, type Jamz, type Listener } from 'trafficjamz';
import { usualStart } from './usual-start.ts';

/** How a page makes sound: by the SDK, one of its engines or the one it picks, or as is usually done. */
export type Way = 'auto' | 'buffer' | 'element' | 'usual';

/** What the bench asks of a phone's page. */
export interface Phone {
  /** @param code of the group's invitation; without one it founds the group */
  join(server: string, name: string, code?: string): Promise<string>;
  /** Uploads the tracks at these addresses and puts them into the list. */
  addTracks(urls: readonly string[]): Promise<void>;
  listen(way: Way): Promise<void>;
  play(): Promise<void>;
  pause(): Promise<void>;
  look(): Look;
}

/** What the SDK says of itself: never the measurement, but what it is held against. */
export interface Look {
  readonly state: string;
  readonly engine: string;
  readonly driftMs: number | null;
  readonly serverNowMs: number;
  readonly status: string;
  readonly title: string | null;
  readonly usedHeapBytes: number;
}

let jamz: Jamz | undefined;
let group: Group | undefined;
let listener: Listener | undefined;

const phone: Phone = {
  async join(server, name, code) {
    jamz = connect({ server, site: 'pk_demo', metrics: false });
    if (code === undefined) {
      await jamz.session.signInAsGuest({ name });
      group = await jamz.createGroup({ name: 'Sound' });
    } else {
      await jamz.session.signInAsGuest({ name, inviteCode: code });
      group = await jamz.joinGroup(code);
    }
    await jamz.syncNow();
    return code ?? (await group.invite()).code;
  },
  async addTracks(urls) {
    const { jamz, group } = joined();
    for (const url of urls) {
      const file = new File([await (await fetch(url)).blob()], url.slice(1), { type: 'audio/wav' });
      const upload = jamz.uploads.add(file, { groupId: group.id });
      const { fileId, durationMs } = await upload.result;
      await group.addTracks([{ fileId, title: url, ...(durationMs ? { durationMs } : {}) }]).acked;
    }
  },
  async listen(way) {
    const { group } = joined();
    if (way === 'usual') {
      usualStart(group);
      return;
    }
    listener = group.listen();
    listener.preferredEngine = way;
    await listener.start();
  },
  play: () => joined().group.play().acked,
  pause: () => joined().group.pause().acked,
  look() {
    const { jamz, group } = joined();
    return {
      state: listener?.state$.value.kind ?? 'none',
      engine: listener?.engine ?? 'none',
      driftMs: listener?.driftMs$.value ?? null,
      serverNowMs: jamz.serverNow(),
      status: jamz.status$.value.state,
      title: group.nowPlaying$.value.item?.title ?? null,
      usedHeapBytes: usedHeapBytes(),
    };
  },
};

Object.assign(globalThis, { phone });

function joined(): { readonly jamz: Jamz; readonly group: Group } {
  if (!jamz || !group) throw new Error('This phone has not joined.');
  return { jamz, group };
}

function usedHeapBytes(): number {
  const { memory } = performance as { readonly memory?: { readonly usedJSHeapSize: number } };
  return memory?.usedJSHeapSize ?? 0;
}

import type { FixRow } from '../../../sdk/positions/kept-fixes.ts';
import { fixOfRow } from '../../../sdk/positions/kept-fixes.ts';
import { openSharing } from '../../../sdk/positions/open-sharing.ts';
import { type PrivatePlaces, privatePlacesOf } from '../../../sdk/positions/private-places.ts';
import type { SharingTabs, SharingWord } from '../../../sdk/positions/sharing-tabs.ts';
import type { TabSharing } from '../../../sdk/positions/tab-sharing.ts';
import { JamzError } from '../../../sdk/protocol/errors.ts';
import type { Fix, LiveReport } from '../../../sdk/protocol/wire.ts';
import { memoryKeyValue } from '../../../sdk/store/memory-key-value.ts';
import { Reports } from '../../../sdk/sync/reports.ts';
import { sharingSource, type TestSource } from '../../../sdk/testing/sharing-source.ts';
import type { VirtualScheduler } from '../../../sdk/testing/virtual-scheduler.ts';
import type { Link } from '../../../sdk/transport/link.ts';
import type { Truth } from './truth.ts';
import type { World } from './world.ts';

/** A page of the browser. A frozen one runs nothing; what it missed comes when it thaws, in whatever order. */
export interface Page {
  readonly sharing: TabSharing;
  readonly source: TestSource;
  readonly places: PrivatePlaces;
  isFrozen: boolean;
  hears(fix: Fix): void;
  thaw(): void;
  close(): void;
}

/** One device of the person: a browser with its storage, its channel, and pages that come and go. */
export class Browser {
  readonly deviceId: string;
  readonly pages: Page[] = [];
  isOnline = true;
  /** The person left the group. */
  hasLeft = false;
  readonly #time: VirtualScheduler;
  readonly #truth: Truth;
  readonly #world: World;
  readonly #kept = { caches: memoryKeyValue(), preferences: memoryKeyValue() };
  readonly #channel = new Set<(word: SharingWord) => void>();
  #leader: Page | undefined;
  #reports: Reports | undefined;

  constructor(deviceId: string, time: VirtualScheduler, truth: Truth, world: World) {
    this.deviceId = deviceId;
    this.#time = time;
    this.#truth = truth;
    this.#world = world;
  }

  /** Those that run. */
  get awake(): readonly Page[] {
    return this.pages.filter(({ isFrozen }) => !isFrozen);
  }

  async open(): Promise<void> {
    // Each page has the storage of the browser and nothing in memory of the others.
    const storage = {
      ...{ caches: { ...this.#kept.caches }, preferences: { ...this.#kept.preferences } },
      tabsName: () => 'tabs',
    };
    const source = sharingSource({
      ...{ storage, time: this.#time, newId: () => this.deviceId },
      report: (report) => this.#reports?.tell(report),
      http: async (body) => this.#upload(body),
    });
    source.isEnded = this.hasLeft;
    const places = new Map(this.#world.places.map((place) => [place.placeId, place]));
    source.group = { kind: 'group', places } as unknown as NonNullable<TestSource['group']>;
    const state = this.isOnline ? 'SYNCED' : 'OFFLINE';
    source.become(state, this.#leader === undefined);
    const late: (() => void)[] = [];
    let self: Page | undefined;
    const sharing = await openSharing(source, 'crew', () => this.#tabs(() => self, late));
    if (!sharing) return;
    const { caches: sealed, preferences: marks } = storage;
    const { random } = this.#time;
    const page: Page = {
      ...{ sharing, source, isFrozen: false },
      places: privatePlacesOf({ sealed, marks, userId: 'ana', random }),
      hears: (fix) => sharing.report(fix),
      thaw() {
        page.isFrozen = false;
        for (const run of late.splice(0)) run();
        // Its link was given up for dead, and another page has led since.
        source.become('OFFLINE', false);
      },
      close: () => sharing.close(),
    };
    self = page;
    this.pages.push(page);
    this.lead();
  }

  /** The first page that runs leads. One that was frozen finds out when it runs again. */
  lead(): void {
    const next = this.awake[0];
    if (next !== this.#leader && next) {
      this.#leader = next;
      this.#reports?.use(undefined);
      this.#reports = new Reports(this.#time.after);
      this.#reports.use(this.isOnline ? this.#link() : undefined);
    }
    this.tellStatus();
  }

  tellStatus(): void {
    for (const page of this.awake) {
      page.source.become(this.isOnline ? 'SYNCED' : 'OFFLINE', page === this.#leader);
    }
  }

  online(isOnline: boolean): void {
    this.isOnline = isOnline;
    this.#reports?.use(isOnline ? this.#link() : undefined);
    this.tellStatus();
  }

  /** Somebody else may sign in: what the last one's link had still to tell goes with it. */
  signOut(): void {
    this.#reports?.use(undefined);
    this.#reports = undefined;
    for (const { source } of this.pages) source.user = undefined;
  }

  shut(page: Page): void {
    this.pages.splice(this.pages.indexOf(page), 1);
    page.close();
    if (page !== this.#leader) return;
    this.#leader = undefined;
    this.#reports?.use(undefined);
    this.#reports = undefined;
    this.lead();
  }

  #tabs(page: () => Page | undefined, late: (() => void)[]): SharingTabs {
    const listeners = new Set<(word: SharingWord) => void>();
    const hear = (word: SharingWord): void => {
      const copy = structuredClone(word);
      const run = (): void => {
        for (const listener of listeners) listener(copy);
      };
      if (page()?.isFrozen) late.push(run);
      else queueMicrotask(run);
    };
    this.#channel.add(hear);
    return {
      post: (word) => {
        for (const other of this.#channel) if (other !== hear) other(word);
      },
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      close: () => void this.#channel.delete(hear),
    };
  }

  #link(): Link {
    const request = async (_event: string, report: LiveReport): Promise<null> => {
      const { fix, mode, deviceId, visit } = report;
      const atMs = this.#time.nowMs();
      if (fix) this.#truth.judge({ where: 'wire', atMs, deviceId, mode, fix, visit });
      await new Promise<void>((resolve) => {
        this.#time.after(20 + this.#time.random() * 400, resolve);
      });
      // Lost on its way, or its answer is.
      if (this.#time.random() < 0.05) throw new JamzError('unavailable', 'Lost.');
      await this.#world.report(report);
      return null;
    };
    return { request } as unknown as Link;
  }

  async #upload(body: unknown): Promise<void> {
    const { fixes } = body as { readonly fixes: readonly FixRow[] };
    const atMs = this.#time.nowMs();
    for (const row of fixes) {
      const { mode, ...fix } = fixOfRow(row);
      this.#truth.judge({ where: 'wire', atMs, deviceId: this.deviceId, mode, fix });
    }
    if (!this.isOnline || this.#time.random() < 0.1) throw new JamzError('unavailable', 'Away.');
    await this.#world.upload(this.deviceId, fixes);
  }
}

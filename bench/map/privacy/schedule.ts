import { type LatLng, moved, offsetBy } from '../../../sdk/positions/earth.ts';
import type { Fix, SharingMode } from '../../../sdk/protocol/wire.ts';
import { seededRandom } from '../../../sdk/testing/seeded-random.ts';
import { type VirtualScheduler, virtualScheduler } from '../../../sdk/testing/virtual-scheduler.ts';
import { Browser } from './browser.ts';
import { Truth } from './truth.ts';
import { createWorld, type World } from './world.ts';

/** What one schedule gave. */
export interface Outcome {
  readonly seed: number;
  /** Each with what was found where it must not be. */
  readonly leaks: readonly string[];
  /** Places that were looked at, on the wire, the server, another replica and in history. */
  readonly found: number;
  /** Arrivals and departures among them. */
  readonly visits: number;
}

const modes: readonly SharingMode[] = ['precise', 'precise', 'coarse', 'off'];

/** One person's hour with one or two devices: everything that changes what may be known, in a random order. */
class Schedule {
  readonly truth = new Truth();
  readonly #random: () => number;
  readonly #time: VirtualScheduler;
  readonly #world: World;
  readonly #browsers: readonly Browser[];
  #at: LatLng = { lat: 43.73, lng: 7.42 };
  #course = 0;
  #isGone = false;
  #isSignedOut = false;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    this.#time = virtualScheduler(1_700_000_000_000, this.#random, 1);
    this.#world = createWorld(this.#time, this.truth);
    const devices = this.#random() < 0.4 ? ['phone', 'laptop'] : ['phone'];
    this.#browsers = devices.map((id) => new Browser(id, this.#time, this.truth, this.#world));
  }

  async run(): Promise<void> {
    for (const browser of this.#browsers) await browser.open();
    const steps = 12 + Math.floor(this.#random() * 24);
    for (let step = 0; step < steps; step++) {
      await this.#act();
      await this.#time.settle();
      if (this.#random() < 0.04) await this.#visit();
      else await this.#pass();
    }
    await this.#end();
  }

  /** Some seconds on the way. */
  async #pass(): Promise<void> {
    const seconds = 1 + Math.floor(this.#random() ** 3 * 20);
    const speedMps = this.#random() < 0.3 ? 0 : this.#random() * 25;
    this.#course += (this.#random() - 0.5) * 120;
    for (let second = 0; second < seconds; second++) {
      this.#at = moved(this.#at, this.#course, speedMps);
      for (const browser of this.#browsers) this.#fix(browser, speedMps);
      await this.#time.advance(1_000);
    }
  }

  /** To one of the group's places, for long enough to arrive, and on. */
  async #visit(): Promise<void> {
    const place = this.#pick(this.#world.places);
    if (!place) return;
    this.#at = { lat: place.lat, lng: place.lng };
    await this.#stand(60 + this.#random() * 80);
    if (this.#random() < 0.5) await this.#act();
    await this.#stand(this.#random() * 60);
    this.#at = moved(this.#at, this.#random() * 360, 450);
    await this.#stand(20 + this.#random() * 40);
  }

  async #stand(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 2) {
      for (const browser of this.#browsers) this.#fix(browser, 0);
      await this.#time.advance(2_000);
    }
  }

  #fix(browser: Browser, speedMps: number): void {
    const { awake, deviceId } = browser;
    const page = awake[Math.floor(this.#random() * awake.length)];
    if (!page || this.#random() < 0.1) return;
    const isVague = this.#random() < 0.05;
    const fix: Fix = {
      ...offsetBy(this.#at, (this.#random() - 0.5) * 16, (this.#random() - 0.5) * 16),
      ...{ accuracyM: isVague ? 400 : 4 + this.#random() * 20, atMs: this.#time.nowMs() },
      ...(this.#random() < 0.5 ? { speedMps, headingDeg: ((this.#course % 360) + 360) % 360 } : {}),
    };
    this.truth.was(deviceId, fix);
    page.hears(fix);
  }

  async #act(): Promise<void> {
    const browser = this.#pick(this.#browsers);
    const page = this.#pick(browser?.awake ?? []);
    if (!browser) return;
    const kind = this.#random();
    if (kind < 0.4) this.#say(browser);
    else if (kind < 0.5) browser.online(!browser.isOnline);
    else if (kind < 0.58 && page) {
      const place = {
        ...moved(this.#at, this.#random() * 360, this.#random() * 600),
        radiusM: 300,
      };
      const added = page.places.add(place);
      await this.#time.settle();
      const { radiusM } = await added;
      this.truth.hid(browser.deviceId, { ...place, radiusM }, this.#time.nowMs());
    } else if (kind < 0.61 && page) {
      const last = page.places.places$.value?.at(-1);
      if (last) this.truth.unhid(browser.deviceId, last, this.#time.nowMs());
      if (last) await page.places.remove(last.id);
    } else if (kind < 0.7 && browser.pages.length < 3 && !this.#isSignedOut) await browser.open();
    else if (kind < 0.76 && page && browser.pages.length > 1) browser.shut(page);
    else if (kind < 0.82 && page && browser.awake.length > 1) {
      page.isFrozen = true;
      browser.lead();
    } else if (kind < 0.9) this.#thaw(browser);
    else if (kind < 0.93 && page)
      page.sharing.set(page.sharing.state$.value.mode, { paused: true });
    else if (kind > 0.985) this.#leave();
  }

  #say(browser: Browser): void {
    const page = this.#pick(browser.awake);
    const mode = this.#pick(modes);
    if (!page || !mode || this.#isGone) return;
    const nowMs = this.#time.nowMs();
    const until = this.#random() < 0.3 ? nowMs + 1_000 + this.#random() * 60_000 : undefined;
    const isPrimary = this.#random() < 0.2;
    if (isPrimary && mode === page.sharing.state$.value.mode) {
      page.sharing.set(mode, { primary: true });
      return;
    }
    const endMs = mode === 'off' ? undefined : until;
    const { mode: before, visits: hadVisits = false } = page.sharing.state$.value;
    // A word about visits alone leaves the time at which it ends as it is: here it is never alone.
    const isAside = mode === 'off' || (mode === before && endMs === undefined);
    const visits = isAside ? hadVisits : this.#random() < 0.6;
    this.truth.said(browser.deviceId, mode, endMs ?? Number.POSITIVE_INFINITY, nowMs, visits);
    page.sharing.set(mode, {
      ...(isAside ? {} : { visits }),
      ...(endMs === undefined ? {} : { until: endMs }),
    });
  }

  /** It hears a fix, or that it leads no more, or what was said meanwhile: whichever comes first. */
  #thaw(browser: Browser): void {
    const frozen = browser.pages.find(({ isFrozen }) => isFrozen);
    if (!frozen) return;
    if (this.#random() < 0.5) {
      const fix = { ...this.#at, accuracyM: 5, atMs: this.#time.nowMs() - 1 };
      this.truth.was(browser.deviceId, fix);
      frozen.hears(fix);
    }
    frozen.thaw();
    browser.lead();
  }

  #leave(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.truth.gone(this.#time.nowMs());
    const isSignOut = this.#random() < 0.5;
    this.#isSignedOut = isSignOut;
    if (!isSignOut) this.#world.leave();
    for (const browser of this.#browsers) {
      if (isSignOut) browser.signOut();
      else for (const { source } of browser.pages) source.isEnded = true;
      browser.hasLeft = !isSignOut;
      browser.tellStatus();
    }
  }

  /** Everything that waits is told: who is off must be on nobody's map then. */
  async #end(): Promise<void> {
    for (const browser of this.#browsers) {
      for (let frozen = true; frozen; frozen = browser.pages.some(({ isFrozen }) => isFrozen)) {
        this.#thaw(browser);
      }
      browser.online(true);
    }
    await this.#time.advance(90_000);
    const shown = this.#world.shown();
    for (const { deviceId } of this.#browsers) {
      const isOff = !this.#isGone && this.truth.modeAt(deviceId, this.#time.nowMs()) === 'off';
      if (isOff && shown.includes(deviceId)) this.truth.leaks.push(`${deviceId} is off and shown`);
    }
    for (const { pages } of this.#browsers) for (const page of pages) page.close();
  }

  #pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.#random() * list.length)];
  }
}

/** Runs one random schedule of modes, offline spans, devices, pages and private places, and looks for what it told. */
export async function runSchedule(seed: number): Promise<Outcome> {
  const schedule = new Schedule(seed);
  await schedule.run();
  const { leaks, found, visits } = schedule.truth;
  return { seed, leaks, found, visits };
}

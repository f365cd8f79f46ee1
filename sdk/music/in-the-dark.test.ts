import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BehaviorSubject } from 'rxjs';
import type { NowPlaying } from '../api.ts';
import { FineOffset } from '../clock/fine-offset.ts';
import { type Probe, ServerTime } from '../clock/server-time.ts';
import { emptyState, foldCommit } from '../merge/fold.ts';
import type { GroupState } from '../merge/states.ts';
import type { WireOp } from '../protocol/wire.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import type { Scheduler } from '../sync/scheduler.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import './buffer-engine.ts';
import { createListener } from './create-listener.ts';
import { type FakeAudio, fakeAudio } from './fake-audio.ts';
import type { Listener } from './listener.ts';
import { nowPlayingAt, silentNowPlaying } from './now-playing.ts';

const trackSeconds = 170;
const bootMs = 1_700_000_000_000;

/** Six tracks, the first of which plays from the beginning on. */
function group(atServerMs: number): GroupState {
  const items = Array.from({ length: 6 }, (_, index) => ({
    itemId: `t${index}`,
    title: `Track ${index}`,
    trackId: `t${index}`,
    durationMs: trackSeconds * 1000,
  }));
  const policies = { join: 'open', add: 'everyone', control: 'everyone' };
  const ops = [
    ['group.create', { name: 'Crew', policies }],
    ['members.join', { memberId: 'ana', name: 'Ana', role: 'owner' }],
    ['playlist.add', { items }],
    ['playback.set', { itemId: 't0', positionMs: 0, atServerMs, playing: true, rate: 1 }],
  ].map(([type, payload], at): WireOp => [at + 1, at + 1, 1, at, String(type), payload]);
  const run = { replicaId: 'r1', authorId: 'ana', stamperId: 's1', version: 1, ops };
  return foldCommit(emptyState('g:crew'), {
    generation: 1,
    seq: 1,
    count: ops.length,
    atMs: bootMs,
    hash: 'h',
    runs: [{ ...run, base: [1, 0] }],
  }) as GroupState;
}

/** A phone with crystals of its own, behind a link that jitters 80 ± 40 ms. */
class Phone {
  readonly audio: FakeAudio;
  readonly listener: Listener;
  readonly time: ServerTime;
  isDark = false;
  readonly #world: VirtualScheduler;
  readonly #clock: Scheduler;
  readonly #random: () => number;
  readonly #state: GroupState;
  readonly #nowPlaying$ = new BehaviorSubject<NowPlaying>(silentNowPlaying);
  #probes: Probe[] = [];

  constructor(
    world: VirtualScheduler,
    state: GroupState,
    seed: number,
    ppm: number,
    audioPpm: number,
  ) {
    const speed = 1 + ppm / 1e6;
    this.#world = world;
    this.#state = state;
    this.#random = seededRandom(seed);
    this.#clock = {
      ...world,
      monotonicMs: () => world.monotonicMs() * speed,
      after: (delayMs, run) => world.after(delayMs / speed, run),
    };
    this.time = new ServerTime({
      monotonicMs: this.#clock.monotonicMs,
      wallMs: () => 0,
      refine: async () => new FineOffset(),
    });
    this.audio = fakeAudio(this.#clock, { skewPpm: audioPpm, trackSeconds });
    const { answer } = this.audio;
    this.audio.answer = () => {
      if (this.isDark) throw new TypeError('no network');
      return answer();
    };
    this.listener = createListener(
      {
        nowPlaying$: this.#nowPlaying$,
        serverNow: () => this.time.nowMs(),
        trackUrl: async (itemId) => `http://h/${itemId}`,
        learnDuration() {},
        upcoming: () => [...this.#state.playlist.items.values()].slice(0, 5),
        preferences: memoryKeyValue(),
        trackCache: memoryKeyValue(),
      },
      this.audio.platform,
    );
  }

  /** The next probe, where there is a network. */
  probe(): void {
    if (this.isDark) return;
    const [upMs, downMs] = [20 + 40 * this.#random(), 20 + 40 * this.#random()];
    const receivedMs = this.#clock.monotonicMs();
    const serverMs = bootMs + this.#world.monotonicMs() - downMs;
    const sentMs = receivedMs - upMs - downMs;
    this.#probes.push({ sentMs, serverReceivedMs: serverMs, serverSentMs: serverMs, receivedMs });
    if (this.#probes.length === 8) this.time.addBurst(this.#probes.splice(0));
  }

  /** What arithmetic says now; nobody tells. */
  look(): void {
    const { nowPlaying } = nowPlayingAt(this.#state, this.time.nowMs());
    const before = this.#nowPlaying$.value;
    const isSame =
      before.item?.itemId === nowPlaying.item?.itemId &&
      before.atServerMs === nowPlaying.atServerMs;
    if (!isSame) this.#nowPlaying$.next(nowPlaying);
  }

  /** Where its loudspeaker stands in the whole of the group's music, ms; undefined in silence. */
  get heardMs(): number | undefined {
    const heard = this.audio.heardMs();
    const index = Number(this.#nowPlaying$.value.item?.itemId.slice(1));
    return heard === undefined ? undefined : index * trackSeconds * 1000 + heard;
  }
}

describe('in the dark', () => {
  it('[CK10] a phone plays on through three changes of track in ten minutes without network, in step, and comes back without a jump', async () => {
    const world = virtualScheduler();
    const state = group(bootMs + 5_000);
    const phones = [
      new Phone(world, state, 1, 60, -40),
      new Phone(world, state, 2, -50, 80),
      new Phone(world, state, 3, 20, 0),
    ];
    const [dark] = phones;
    let spreadMs = 0;
    const pass = async (seconds: number): Promise<void> => {
      for (let second = 0; second < seconds; second++) {
        await world.advance(1_000);
        for (const phone of phones) {
          phone.probe();
          phone.look();
        }
        const heard = phones.map((phone) => phone.heardMs ?? Number.NaN);
        const now = Math.max(...heard) - Math.min(...heard);
        // At a change of track they are told of it a moment apart.
        if (world.monotonicMs() > 15_000 && now < trackSeconds * 500)
          spreadMs = Math.max(spreadMs, now);
        ok(
          world.monotonicMs() < 15_000 || heard.every(Number.isFinite),
          `silent at ${world.monotonicMs()}`,
        );
      }
    };
    await pass(60);
    spreadMs = 0;
    await pass(80);
    ok(spreadMs < 6, `online: ${spreadMs} ms`);
    if (dark) dark.isDark = true;
    spreadMs = 0;
    await pass(600);
    ok(spreadMs > 0 && spreadMs < 20, `in the dark: ${spreadMs} ms`);
    const fetched = dark?.audio.fetched.slice(0, 5).map((url) => url.slice(-2));
    deepEqual(fetched, ['t0', 't1', 't2', 't3', 't4']);
    const starts = dark?.audio.starts.length;
    if (dark) dark.isDark = false;
    await pass(60);
    equal(dark?.audio.starts.length, starts);
    ok(dark?.audio.rates.every((rate) => Math.abs(rate - 1) <= 0.005 + 1e-9));
    const heard = phones.map((phone) => phone.heardMs ?? Number.NaN);
    ok(Math.max(...heard) - Math.min(...heard) < 6, `${heard}`);
  });
});

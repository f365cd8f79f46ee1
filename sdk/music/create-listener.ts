import type { NowPlaying } from '../api.ts';
import type { PlaylistItem } from '../merge/states.ts';
import { LiveValue } from '../sync/live-value.ts';
import type { AudioPlatform } from './audio-platform.ts';
import { createKeepAwake } from './keep-awake.ts';
import { type ListenSource, soundKey } from './listen-source.ts';
import type { EngineKind, Listener, ListenerState } from './listener.ts';
import { createLoudness } from './loudness.ts';
import { createOutputClock, type OutputClock } from './output-clock.ts';
import type { CreateEngine, SoundEngine, Stage } from './sound-engine.ts';
import { createOutputChoice } from './sound-output.ts';

/** Longer tracks would take too much memory decoded: 12 minutes of stereo at 48 kHz are 276 MB. */
const longestDecodedMs = 12 * 60_000;
/** A browser that wants a tap never answers: after this long it is told so. */
const blockedAfterMs = 500;
/** Silent this long, the audio hardware is given back. */
const parkAfterMs = 30_000;
/** A way this short is trimmed, beyond it the sound begins anew: nobody waits a minute for what they have just set. */
const mostTrimmedMs = 25;

const importEngine: Readonly<Record<EngineKind, () => Promise<CreateEngine>>> = {
  buffer: async () => (await import('./buffer-engine.ts')).createBufferEngine,
  element: async () => (await import('./element-engine.ts')).createElementEngine,
};

/**
 * Makes this device's loudspeaker follow. Sounds by itself where the browser lets it; otherwise it is `blocked`
 * until `start()` is called from a gesture. The engines are loaded when something is to sound.
 *
 * @param onStop called once, when the listener is stopped for good
 */
export function createListener(
  source: ListenSource,
  platform: AudioPlatform,
  onStop?: () => void,
): Listener {
  const state$ = new LiveValue<ListenerState>({ kind: 'idle' });
  const driftMs$ = new LiveValue<number | null>(null);
  const buffered$ = new LiveValue<Listener['buffered$']['value']>([]);
  const loudness = createLoudness(source.preferences);
  const choice = createOutputChoice(source.preferences, platform.outputs, (byMs) => {
    if (Math.abs(byMs) > mostTrimmedMs) engines.get(active)?.rest();
    update();
  });
  const awake = createKeepAwake(state$, source.preferences, platform.screenLocks);
  /** What this output has to sound now is heard only after its latency. */
  const soundNow = (): number => source.serverNow() + choice.latencyMs;
  const engines = new Map<EngineKind, SoundEngine>();
  const loading = new Set<EngineKind>();
  const unsuitable = new Set<string>();
  let context: AudioContext | undefined;
  let clock: OutputClock | undefined;
  let out: AudioNode | undefined;
  let stageOf: ((kind: EngineKind) => Stage) | undefined;
  let active: EngineKind = 'buffer';
  let preferred: Listener['preferredEngine'] = 'auto';
  let isOpening = false;
  let isStopped = false;
  let isParked = false;
  /** Who needs the context though no music sounds: chirps, a microphone. */
  let holds = 0;
  let stopParking: (() => void) | undefined;

  function show(state: ListenerState): void {
    const { kind } = state$.value;
    if (kind === state.kind && kind !== 'failed') return;
    if (state.kind !== 'playing') showDrift(null);
    state$.next(state);
  }

  function showDrift(driftMs: number | null): void {
    const rounded = driftMs === null ? null : Math.round(driftMs * 10) / 10;
    if (driftMs$.value !== rounded) driftMs$.next(rounded);
  }

  function showBuffered(ranges: Listener['buffered$']['value']): void {
    if (JSON.stringify(buffered$.value) !== JSON.stringify(ranges)) buffered$.next(ranges);
  }

  /** Makes the audio context, or wakes it. Has to run before the gesture's turn ends. */
  function open(): void {
    try {
      context ??= build();
    } catch {
      show({ kind: 'failed', message: 'This browser cannot play sound from a page.' });
      return;
    }
    if (context.state === 'running') return;
    isOpening = true;
    context.resume().then(update, update);
    platform.after(blockedAfterMs, () => {
      isOpening = false;
      update();
    });
  }

  function build(): AudioContext {
    const made = platform.createContext();
    const output = loudness.connect(made);
    const madeClock = createOutputClock(made, platform.monotonicMs);
    clock = madeClock;
    out = output;
    choice.attach(made);
    stageOf = (kind) => ({
      source: { ...source, serverNow: soundNow },
      platform,
      context: made,
      clock: madeClock,
      output,
      gain: () => loudness.gain,
      showState: (state) => kind === active && !isStopped && show(state),
      showDrift: (driftMs) => kind === active && showDrift(driftMs),
      showBuffered: (ranges) => kind === active && showBuffered(ranges),
      unsuitable(key) {
        unsuitable.add(key);
        update();
      },
    });
    made.addEventListener('statechange', () => {
      madeClock.restart();
      update();
    });
    return made;
  }

  function update(): void {
    if (isStopped) return;
    const now = source.nowPlaying$.value;
    const isSounding = now.playing && now.item !== null;
    if (!context) {
      if (!isSounding) show({ kind: 'idle' });
      else if (platform.mayAutoplay()) open();
      else show({ kind: 'blocked' });
      if (!context) return;
    }
    park(!isSounding && holds === 0);
    if (isSounding && context.state !== 'running') {
      for (const engine of engines.values()) engine.rest();
      show({ kind: isOpening ? 'buffering' : 'blocked' });
      return;
    }
    if (!isSounding) show({ kind: 'idle' });
    if (now.item) sound(now, now.item);
    else for (const engine of engines.values()) engine.rest();
  }

  function sound(now: NowPlaying, item: PlaylistItem): void {
    const kind = engineFor(item);
    if (kind !== active) engines.get(active)?.rest();
    active = kind;
    const engine = engines.get(kind);
    if (engine) engine.follow(now);
    else void load(kind);
  }

  function engineFor(item: PlaylistItem): EngineKind {
    if (preferred === 'element' || unsuitable.has(soundKey(item))) return 'element';
    const isLong = (item.durationMs ?? 0) > longestDecodedMs;
    return isLong && preferred === 'auto' ? 'element' : 'buffer';
  }

  async function load(kind: EngineKind): Promise<void> {
    if (loading.has(kind)) return;
    loading.add(kind);
    if (source.nowPlaying$.value.playing) show({ kind: 'buffering' });
    try {
      const create = await importEngine[kind]();
      if (!isStopped && stageOf) engines.set(kind, create(stageOf(kind)));
    } catch {
      // The module could not be fetched: the network's return brings the next try.
      const stopWaiting = platform.onOnline(() => {
        stopWaiting();
        update();
      });
      return;
    } finally {
      loading.delete(kind);
    }
    update();
  }

  /** Lets the audio hardware rest while nothing sounds. */
  function park(isIdle: boolean): void {
    if (!isIdle) {
      stopParking?.();
      stopParking = undefined;
      if (context?.state === 'suspended' && isParked) open();
      isParked = false;
    } else if (!stopParking && !isParked && context?.state === 'running') {
      stopParking = platform.after(parkAfterMs, () => {
        stopParking = undefined;
        isParked = true;
        void context?.suspend();
      });
    }
  }

  function hold(): () => void {
    let isHeld = true;
    holds += 1;
    open();
    update();
    return () => {
      if (isHeld) holds -= 1;
      isHeld = false;
      update();
    };
  }
  const following = source.nowPlaying$.subscribe(update);

  return {
    state$,
    driftMs$,
    buffered$,
    get engine() {
      return active;
    },
    get preferredEngine() {
      return preferred;
    },
    set preferredEngine(next) {
      preferred = next;
      update();
    },
    get volume() {
      return loudness.volume;
    },
    set volume(volume) {
      loudness.volume = volume;
    },
    get muted() {
      return loudness.muted;
    },
    set muted(muted) {
      loudness.muted = muted;
    },
    get pan() {
      return loudness.pan;
    },
    set pan(pan) {
      loudness.pan = pan;
    },
    get latencyMs() {
      return choice.latencyMs;
    },
    set latencyMs(latencyMs) {
      choice.latencyMs = latencyMs;
    },
    get keepAwake() {
      return awake.isWanted;
    },
    set keepAwake(keepAwake) {
      awake.isWanted = keepAwake;
    },
    async start() {
      if (isStopped) return;
      open();
      await context?.resume().catch(() => undefined);
      update();
    },
    stop() {
      if (isStopped) return;
      isStopped = true;
      following.unsubscribe();
      choice.stop();
      stopParking?.();
      for (const engine of engines.values()) engine.dispose();
      show({ kind: 'idle' });
      awake.stop();
      showBuffered([]);
      void context?.close();
      onStop?.();
    },
    async device() {
      const { createSoundDevice } = await import('./sound-device.ts');
      if (isStopped) return undefined;
      open();
      if (!context || !clock || !out) return undefined;
      return createSoundDevice({ platform, context, clock, out, choice, soundNow, hold });
    },
  };
}

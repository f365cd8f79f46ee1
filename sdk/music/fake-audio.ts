import type { Scheduler } from '../sync/scheduler.ts';
import type { AudioPlatform } from './audio-platform.ts';
import { decodeNumbered, FakeBuffer, wholeBuffer } from './fake-buffer.ts';
import { type FakeElements, fakeElements } from './fake-element.ts';

export interface FakeAudioOptions {
  /** How much faster the audio clock runs, in parts per million. */
  readonly skewPpm?: number;
  readonly latencyMs?: number;
  /** Whether sound may start without a tap. */
  readonly mayAutoplay?: boolean;
  readonly trackSeconds?: number;
  /** What a media element takes to start, or after a seek, ms. */
  readonly startMs?: number;
}

/** A loudspeaker for tests: keeps what was scheduled, so that it can be asked what is heard. */
export interface FakeAudio {
  readonly platform: AudioPlatform;
  /** Where the track stands that is heard now, ms; undefined in silence. Throws when two sound at once. */
  heardMs(): number | undefined;
  /** Every speed that was ever set. */
  readonly rates: number[];
  readonly starts: { readonly seconds: number; readonly position: number }[];
  /** Makes the audio clock jump, as another output device does. */
  jumpMs(ms: number): void;
  /** What the network answers; throwing is a dead network. */
  answer: () => Response;
  readonly fetched: string[];
  online(): void;
  /** The next `resume()` is heard: somebody tapped. */
  tap(): void;
  readonly isClosed: boolean;
  readonly elements: FakeElements;
  /** How much was decoded of numbered files so far. */
  readonly decodedSeconds: number;
  /** Stretches of a file decode to something else than the whole does there. */
  spoilStretches(): void;
  /** Nothing is decoded until what this gives is called. */
  holdDecoding(): () => void;
}

const sampleRate = 48_000;
const blockSeconds = 128 / sampleRate;

interface Source {
  buffer: FakeBuffer;
  readonly legs: { readonly at: number; readonly rate: number }[];
  startSeconds: number;
  position: number;
  stopSeconds: number;
}

/** Only what the engines use; everything else would throw. */
export function fakeAudio(time: Scheduler, options: FakeAudioOptions = {}): FakeAudio {
  const {
    skewPpm = 0,
    latencyMs = 40,
    mayAutoplay = true,
    trackSeconds = 200,
    startMs = 90,
  } = options;
  const sources: Source[] = [];
  const online = new Set<() => void>();
  const changes = new Set<() => void>();
  let shiftMs = 0;
  let decodedSeconds = 0;
  let isSpoilt = false;
  let decoding: Promise<void> = Promise.resolve();
  let state: AudioContextState = 'suspended';
  let isAllowed = mayAutoplay;

  const contextSeconds = (): number =>
    5 + (time.monotonicMs() * (1 + skewPpm / 1e6) + shiftMs) / 1000;
  const heardSeconds = (): number => contextSeconds() - latencyMs / 1000;
  const elements = fakeElements({ contextSeconds, startMs, trackSeconds });
  const param = (onSet: (value: number, at: number) => void = () => {}) => ({
    value: 1,
    setValueAtTime: onSet,
    linearRampToValueAtTime() {},
    cancelScheduledValues() {},
    setTargetAtTime() {},
  });
  const node = (more: object = {}) => ({ connect: (to: unknown) => to, disconnect() {}, ...more });
  const setState = (next: AudioContextState): void => {
    state = next;
    for (const change of changes) change();
  };

  function createBufferSource(): object {
    const source: Source = {
      buffer: wholeBuffer(trackSeconds),
      legs: [],
      startSeconds: Number.POSITIVE_INFINITY,
      position: 0,
      stopSeconds: Number.POSITIVE_INFINITY,
    };
    sources.push(source);
    const made = node({
      playbackRate: param((rate, at) => {
        audio.rates.push(rate);
        // A speed holds for whole blocks (Web Audio 1.1, a k-rate parameter).
        source.legs.push({ at: Math.ceil(at / blockSeconds) * blockSeconds, rate });
      }),
      start(seconds: number, position: number) {
        source.startSeconds = seconds;
        source.position = position;
        audio.starts.push({ seconds, position });
      },
      stop(seconds = contextSeconds()) {
        source.stopSeconds = seconds;
      },
    });
    const set = (buffer: FakeBuffer): void => {
      source.buffer = buffer;
    };
    return Object.defineProperty(made, 'buffer', { set });
  }

  const context = {
    get currentTime() {
      return contextSeconds();
    },
    get state() {
      return state;
    },
    sampleRate,
    baseLatency: 0,
    outputLatency: latencyMs / 1000,
    destination: node(),
    getOutputTimestamp: () => ({
      contextTime: heardSeconds(),
      performanceTime: time.monotonicMs(),
    }),
    createGain: () => node({ gain: param() }),
    createStereoPanner: () => node({ pan: param() }),
    createBufferSource,
    createMediaElementSource: elements.createMediaElementSource,
    createDelay: elements.createDelay,
    async decodeAudioData(bytes: ArrayBuffer) {
      await decoding;
      const numbered = decodeNumbered(bytes, isSpoilt);
      decodedSeconds += numbered?.duration ?? 0;
      return numbered ?? wholeBuffer(trackSeconds);
    },
    createBuffer: (_channels: number, length: number) => new FakeBuffer(0, length),
    addEventListener: (_type: string, run: () => void) => changes.add(run),
    async resume() {
      if (isAllowed) setState('running');
    },
    suspend: async () => setState('suspended'),
    close: async () => setState('closed'),
  };

  const audio: FakeAudio = {
    platform: {
      createContext: () => context as unknown as AudioContext,
      createElement: elements.createElement,
      fetch: async (url) => {
        audio.fetched.push(String(url));
        return audio.answer();
      },
      monotonicMs: time.monotonicMs,
      after: time.after,
      mayAutoplay: () => mayAutoplay,
      onOnline(listener) {
        online.add(listener);
        return () => online.delete(listener);
      },
      storageRoomBytes: async () => undefined,
    },
    heardMs() {
      const now = heardSeconds();
      const heard = sources.filter(
        (source) =>
          source.startSeconds <= now &&
          now < source.stopSeconds &&
          positionOf(source, now) < source.buffer.endSeconds - 1e-6,
      );
      if (heard.length > 1) throw new Error(`${heard.length} tracks sound at once`);
      return heard[0] ? positionOf(heard[0], now) * 1000 : elements.heardMs(now);
    },
    elements,
    rates: [],
    starts: [],
    jumpMs(ms) {
      shiftMs += ms;
    },
    answer: () => new Response(new Uint8Array(1000), { headers: { 'content-length': '1000' } }),
    fetched: [],
    online() {
      for (const listener of [...online]) listener();
    },
    tap() {
      isAllowed = true;
    },
    get decodedSeconds() {
      return decodedSeconds;
    },
    spoilStretches() {
      isSpoilt = true;
    },
    holdDecoding() {
      const { promise, resolve } = Promise.withResolvers<void>();
      decoding = promise;
      return resolve;
    },
    get isClosed() {
      return state === 'closed';
    },
  };
  return audio;
}

function positionOf({ buffer, startSeconds, position, legs }: Source, atSeconds: number): number {
  let at = startSeconds;
  let rate = 1;
  let reached = buffer.startSeconds + position;
  for (const leg of legs) {
    if (leg.at > atSeconds) break;
    reached += (leg.at - at) * rate;
    at = leg.at;
    rate = leg.rate;
  }
  return reached + (atSeconds - at) * rate;
}

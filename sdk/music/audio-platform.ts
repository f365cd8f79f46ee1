import { browserScreenLocks, type ScreenLocks } from './keep-awake.ts';
import type { AskForMicrophone } from './microphone.ts';
import { browserOutputDevices, type OutputDevices } from './output-devices.ts';

/** The browser as a listener sees it; injected, so that tests own sound, time and network. */
export interface AudioPlatform {
  createContext(): AudioContext;
  createElement(): HTMLAudioElement;
  readonly fetch: typeof fetch;
  /** The clock that `AudioContext.getOutputTimestamp` speaks: ms, never jumps. */
  monotonicMs(): number;
  /** @returns stops the timer */
  after(delayMs: number, run: () => void): () => void;
  /** Whether sound may start without a tap; where that is not known, true: trying does no harm. */
  mayAutoplay(): boolean;
  /** The network came back. @returns ends it */
  onOnline(listener: () => void): () => void;
  /** Bytes that storage still has room for; undefined where the browser does not say. */
  storageRoomBytes(): Promise<number | undefined>;
  /** What the browser tells of loudspeakers; absent: nothing. */
  readonly outputs?: OutputDevices | undefined;
  /** Keeps the screen on; absent: this browser cannot. */
  readonly screenLocks?: ScreenLocks | undefined;
  /** Absent: this page may not hear. */
  readonly askForMicrophone?: AskForMicrophone | undefined;
}

/** The page's own audio. Touches nothing until it is used. */
export function browserAudioPlatform(): AudioPlatform {
  return {
    createContext: () => new AudioContext({ latencyHint: 'playback' }),
    createElement: () => new Audio(),
    fetch: (input, init) => fetch(input, init),
    monotonicMs: () => performance.now(),
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    // Making a context before the first tap would leave a warning in the host's console.
    mayAutoplay: () => navigator.userActivation?.hasBeenActive ?? true,
    onOnline(listener) {
      addEventListener('online', listener);
      return () => removeEventListener('online', listener);
    },
    async storageRoomBytes() {
      const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
      return quota === undefined ? undefined : quota - (usage ?? 0);
    },
    outputs: browserOutputDevices(),
    screenLocks: browserScreenLocks(),
    askForMicrophone: browserMicrophone(),
  };
}

function browserMicrophone(): AskForMicrophone | undefined {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  return media?.getUserMedia && ((constraints) => media.getUserMedia(constraints));
}

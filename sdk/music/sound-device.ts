import type { Live } from '../streams/live.ts';
import type { AudioPlatform } from './audio-platform.ts';
import { type CalibrateOptions, type Calibration, calibrate } from './calibrate.ts';
import { hearRounds, nextTurnMs, offsetsOf, type PhoneOffset, turnOf } from './chirp-rounds.ts';
import { type HearBlock, type Microphone, openMicrophone } from './microphone.ts';
import type { OutputClock } from './output-clock.ts';
import type { OutputChoice, SoundOutput } from './sound-output.ts';

/** One device's loudspeaker, and its microphone where somebody lets it hear. */
export interface SoundDevice {
  /** Where sound goes now, and how late it is heard there. Replays. */
  readonly output$: Live<SoundOutput>;
  /** What can be chosen; empty where the browser tells of none, or leaves the choice to the system. */
  outputs(): Promise<readonly SoundOutput[]>;
  /**
   * Sounds there from now on, also after a reload.
   *
   * @param deviceId of {@link outputs}, empty for the system's own choice; absent: the browser's own picker, from a tap
   * @throws {JamzError} `unavailable`, `not-found`, `forbidden`
   */
  chooseOutput(deviceId?: string): Promise<void>;
  /**
   * Sounds ten chirps, hears them with the microphone, and tells how much later they came than the browser says. Keeps
   * nothing: ask, then set {@link Listener.latencyMs}. Best with the music paused. Takes nine seconds.
   *
   * @throws {JamzError} `forbidden`, `not-found`, `unavailable`, each with what to do
   */
  calibrate(options?: CalibrateOptions): Promise<Calibration>;
  /**
   * Chirps once in each round of four seconds, when it is this slot's turn by the server's clock, by the way that the
   * music takes. So a microphone beside several phones hears how far they are apart.
   *
   * @param slot 0 … 7, another on each phone
   * @returns ends it
   */
  chirp(slot: number): () => void;
  /**
   * Hears the chirps of phones with this one's microphone.
   *
   * @param slots who is listened for
   * @param onHeard hears all that is known so far, after each second in which something was heard
   * @returns ends it
   * @throws {JamzError} `forbidden`, `not-found`, `unavailable`
   */
  hearChirps(
    slots: readonly number[],
    onHeard: (phones: readonly PhoneOffset[]) => void,
  ): Promise<() => void>;
}

export interface SoundDeviceDeps {
  readonly platform: AudioPlatform;
  /** It runs. */
  readonly context: AudioContext;
  readonly clock: OutputClock;
  /** Where the music goes in. */
  readonly out: AudioNode;
  readonly choice: OutputChoice;
  /** The server's time at which this output has to sound what is heard now. */
  readonly soundNow: () => number;
  /** Keeps the context running though no music sounds. @returns ends it */
  readonly hold: () => () => void;
}

/** A turn is scheduled this long before it is due, and the audio clock is read from a second before. */
const aheadMs = 400;
const tickMs = 100;
/** Rounds that a figure is made of: the last minute. */
const keptRounds = 15;

export function createSoundDevice(deps: SoundDeviceDeps): SoundDevice {
  const { platform, context, clock, out, choice, soundNow, hold } = deps;

  /** @returns takes it back, or ends it */
  function play(
    samples: Float32Array<ArrayBuffer>,
    atSeconds: number,
    into: AudioNode,
  ): () => void {
    const buffer = context.createBuffer(1, samples.length, context.sampleRate);
    buffer.copyToChannel(samples, 0);
    const node = context.createBufferSource();
    node.buffer = buffer;
    node.connect(into);
    node.onended = () => node.disconnect();
    node.start(atSeconds);
    return () => node.stop();
  }

  const listen = async (hear: HearBlock): Promise<Microphone> => {
    const letGo = hold();
    const giveBack = claimMicrophone();
    const end = (): void => {
      giveBack();
      letGo();
    };
    try {
      const microphone = await openMicrophone(context, platform.askForMicrophone, hear);
      return {
        inputLatencyMs: microphone.inputLatencyMs,
        close() {
          microphone.close();
          end();
        },
      };
    } catch (error) {
      end();
      throw error;
    }
  };

  return {
    output$: choice.output$,
    outputs: () => choice.list(),
    chooseOutput: (deviceId) => choice.choose(deviceId),
    calibrate: (options) =>
      calibrate(
        {
          sampleRate: context.sampleRate,
          currentSeconds: () => context.currentTime,
          play: (samples, atSeconds) => play(samples, atSeconds, context.destination),
          listen,
          claimedMs() {
            clock.sample();
            return clock.latencyMs;
          },
          after: platform.after,
        },
        options,
      ),
    chirp(slot) {
      const samples = turnOf(slot, context.sampleRate);
      let stopTick = (): void => {};
      let dueMs = nextTurnMs(slot, soundNow(), aheadMs + 1_000);
      const tick = (): void => {
        clock.sample();
        const leftMs = dueMs - soundNow();
        const heardSeconds = clock.contextSecondsAt(platform.monotonicMs());
        if (leftMs < aheadMs && heardSeconds !== undefined && context.state === 'running') {
          const atSeconds = heardSeconds + leftMs / 1000;
          // Too late to be in time: rather no chirp than a wrong one.
          if (clock.isSteady && atSeconds > context.currentTime) play(samples, atSeconds, out);
          dueMs = nextTurnMs(slot, soundNow(), aheadMs + 1_000);
        }
        stopTick = platform.after(tickMs, tick);
      };
      const letGo = hold();
      tick();
      return () => {
        stopTick();
        letGo();
      };
    },
    async hearChirps(slots, onHeard) {
      const hearer = hearRounds(context.sampleRate, slots);
      let heard: ReturnType<typeof hearer.add> = [];
      const microphone = await listen((samples, frame) => {
        const more = hearer.add(samples, frame);
        if (more.length === 0) return;
        heard = [...heard, ...more].slice(-keptRounds * slots.length);
        onHeard(offsetsOf(heard));
      });
      return () => microphone.close();
    },
  };
}

/** iOS sends sound past a page that only plays while its microphone is open, unless it is told (W3C Audio Session). */
function claimMicrophone(): () => void {
  const { audioSession } = navigator as { readonly audioSession?: { type: string } };
  if (!audioSession) return () => {};
  const before = audioSession.type;
  audioSession.type = 'play-and-record';
  return () => {
    audioSession.type = before;
  };
}

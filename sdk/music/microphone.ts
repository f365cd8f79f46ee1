import { JamzError } from '../protocol/errors.ts';

/** Hears blocks of sound, each with the frame of the audio context at which it came in. */
export type HearBlock = (samples: Float32Array, frame: number) => void;

/** A microphone that is open. */
export interface Microphone {
  /** What the browser says that sound takes from the air into the context, ms; 0 where it says nothing. */
  readonly inputLatencyMs: number;
  close(): void;
}

/** Opens the microphone; injected. @throws as `getUserMedia` does */
export type AskForMicrophone = (constraints: MediaStreamConstraints) => Promise<MediaStream>;

const blockFrames = 4_096;
/** Whole numbers up to this are exact in a sample; five seconds are longer than any block may be missing. */
const stampFrames = 2 ** 18;
const soonSeconds = 0.1;

/**
 * Records by the context's own clock, as it is: nothing is taken out, levelled or cancelled. Blocks may be missing
 * where the page was busy; those that come know where they belong.
 *
 * @throws {JamzError} `forbidden`, `not-found`, `unavailable`, each with what to do
 */
export async function openMicrophone(
  context: AudioContext,
  ask: AskForMicrophone | undefined,
  hear: HearBlock,
): Promise<Microphone> {
  if (!ask) {
    throw new JamzError(
      'unavailable',
      'This page cannot use a microphone. Open it over https, in a browser that has one.',
    );
  }
  const stream = await ask({
    audio: {
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
      channelCount: 1,
    },
  }).catch((error: unknown) => {
    throw refusal(error);
  });
  try {
    if (context.state === 'closed') throw new TypeError('Nobody listens any more.');
    return hearing(context, stream, hear);
  } catch (cause) {
    // Some browsers take no microphone of another sample rate than the loudspeaker’s: it must not stay on.
    turnOff(stream);
    throw refusal(cause);
  }
}

function turnOff(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function hearing(context: AudioContext, stream: MediaStream, hear: HearBlock): Microphone {
  const source = context.createMediaStreamSource(stream);
  const stamps = stampSource(context);
  const both = context.createChannelMerger(2);
  // An audio worklet would have to be fetched as a file of its own, which bundlers lose and strict policies refuse.
  const processor = context.createScriptProcessor(blockFrames, 2, 1);
  stamps.node.connect(both, 0, 0);
  source.connect(both, 0, 1);
  both.connect(processor).connect(context.destination);
  let rounds = 0;
  let lastStamp = 0;
  processor.onaudioprocess = ({ inputBuffer }) => {
    const [stamp, second] = inputBuffer.getChannelData(0);
    if (stamp === undefined || second !== (stamp + 1) % stampFrames) return;
    if (stamp < lastStamp) rounds += 1;
    lastStamp = stamp;
    hear(inputBuffer.getChannelData(1).slice(), stamps.firstFrame + rounds * stampFrames + stamp);
  };
  const [track] = stream.getAudioTracks();
  const { latency } = (track?.getSettings() ?? {}) as { readonly latency?: number };
  const close = (): void => {
    context.removeEventListener('statechange', look);
    processor.onaudioprocess = null;
    stamps.node.stop();
    for (const node of [stamps.node, source, both, processor]) node.disconnect();
    turnOff(stream);
  };
  /** Who stops listening to the group hears nothing of the room either. */
  const look = (): void => {
    if (context.state === 'closed') close();
  };
  context.addEventListener('statechange', look);
  return { inputLatencyMs: (latency ?? 0) * 1000, close };
}

/** A silent companion of what is heard: each of its samples says its own number. */
function stampSource(context: AudioContext): {
  readonly node: AudioBufferSourceNode;
  readonly firstFrame: number;
} {
  const { sampleRate } = context;
  const buffer = context.createBuffer(1, stampFrames, sampleRate);
  buffer.copyToChannel(
    Float32Array.from({ length: stampFrames }, (_, index) => index),
    0,
  );
  const node = context.createBufferSource();
  node.buffer = buffer;
  node.loop = true;
  const firstFrame = Math.ceil((context.currentTime + soonSeconds) * sampleRate);
  node.start(firstFrame / sampleRate);
  return { node, firstFrame };
}

function refusal(cause: unknown): JamzError {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotAllowedError') {
    return new JamzError(
      'forbidden',
      'The microphone is not allowed here. Allow it for this page in the browser’s settings, then try again.',
      { cause },
    );
  }
  if (name === 'NotFoundError' || name === 'OverconstrainedError') {
    return new JamzError('not-found', 'No microphone was found. Plug one in, then try again.', {
      cause,
    });
  }
  return new JamzError(
    'unavailable',
    'The microphone could not be opened. Close what else uses it, then try again.',
    { cause },
  );
}

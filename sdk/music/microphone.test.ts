import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { openMicrophone } from './microphone.ts';

/** As much of an audio context as hearing takes, which makes no sound. */
class SilentContext extends EventTarget {
  readonly sampleRate = 48_000;
  readonly currentTime = 1;
  readonly destination = {};
  state: AudioContextState = 'running';
  /** What the browser says to this microphone; undefined: it takes it. */
  failure: DOMException | undefined;
  readonly #node = { connect: (to: object) => to, disconnect() {}, start() {}, stop() {} };

  createMediaStreamSource(): object {
    if (this.failure) throw this.failure;
    return this.#node;
  }
  createChannelMerger(): object {
    return this.#node;
  }
  createScriptProcessor(): object {
    return { ...this.#node };
  }
  createBuffer(): object {
    return { copyToChannel() {} };
  }
  createBufferSource(): object {
    return { ...this.#node };
  }
  become(state: AudioContextState): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

describe('a microphone', () => {
  let context: SilentContext;
  let isOn: boolean;
  const track = {
    getSettings: () => ({ latency: 0.01 }),
    stop: () => {
      isOn = false;
    },
  };
  const stream = { getTracks: () => [track], getAudioTracks: () => [track] };
  const open = () =>
    // Casts: hearing takes no more of them than this.
    openMicrophone(
      context as unknown as AudioContext,
      async () => {
        isOn = true;
        return stream as unknown as MediaStream;
      },
      () => {},
    );

  beforeEach(() => {
    context = new SilentContext();
    isOn = false;
  });

  it('is on until it is closed', async () => {
    const microphone = await open();
    deepEqual([isOn, microphone.inputLatencyMs], [true, 10]);
    microphone.close();
    equal(isOn, false);
  });

  it('is off again where the browser cannot listen to it', async () => {
    context.failure = new DOMException('Another sample rate.', 'NotSupportedError');
    await rejects(open(), { code: 'unavailable' });
    equal(isOn, false);
  });

  it('is off once nobody listens to the group any more', async () => {
    await open();
    context.become('suspended');
    equal(isOn, true);
    context.become('closed');
    equal(isOn, false);
  });

  it('is off at once where that was while its person was asked', async () => {
    context.state = 'closed';
    await rejects(open(), { code: 'unavailable' });
    equal(isOn, false);
  });

  it('is refused in words that say what to do', async () => {
    const refused = (name: string) =>
      openMicrophone(
        context as unknown as AudioContext,
        async () => {
          throw new DOMException('No.', name);
        },
        () => {},
      );
    await rejects(refused('NotAllowedError'), { code: 'forbidden', message: /Allow it/ });
    await rejects(refused('NotFoundError'), { code: 'not-found', message: /Plug one in/ });
    await rejects(refused('NotReadableError'), { code: 'unavailable', message: /Close what/ });
  });
});

import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { BehaviorSubject } from 'rxjs';
import { lateListener } from './late-listener.ts';
import type { Listener, ListenerState } from './listener.ts';

/** Notes what it is asked; its sound is the test's to tell. */
class FakeListener implements Listener {
  readonly state$ = new BehaviorSubject<ListenerState>({ kind: 'idle' });
  readonly driftMs$ = new BehaviorSubject<number | null>(null);
  readonly buffered$ = new BehaviorSubject<Listener['buffered$']['value']>([]);
  readonly engine = 'element';
  preferredEngine: Listener['preferredEngine'] = 'auto';
  volume = 0.7;
  muted = false;
  pan = 0;
  latencyMs = 0;
  keepAwake = false;
  readonly log: string[] = [];
  async start(): Promise<void> {
    this.log.push('start');
    this.state$.next({ kind: 'playing' });
  }
  stop(): void {
    this.log.push('stop');
  }
  async device(): Promise<undefined> {
    this.log.push('device');
  }
}

describe('a listener whose code is still to come', () => {
  let real: FakeListener;
  let given: AudioContext | undefined;
  let arrive: () => void;
  let fail: () => void;
  let wake: () => void;
  let log: string[];
  let listener: Listener;
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const context = {
    resume: async () => void log.push('resume'),
    close: async () => void log.push('close'),
  } as unknown as AudioContext;

  beforeEach(() => {
    real = new FakeListener();
    given = undefined;
    log = [];
    wake = () => {};
    listener = lateListener({
      load: () => {
        log.push('load');
        const { promise, resolve, reject } =
          Promise.withResolvers<(context: AudioContext | undefined) => Listener>();
        arrive = () =>
          resolve((opened) => {
            given = opened;
            return real;
          });
        fail = () => reject(new TypeError('Failed to fetch'));
        return promise;
      },
      createContext: () => context,
      onWake(tryAgain) {
        wake = tryAgain;
        return () => {};
      },
      onStop: () => void log.push('stopped'),
    });
  });

  it('opens the audio within the tap, and sounds when the code is there', async () => {
    const started = listener.start();
    deepEqual(log, ['load', 'resume']);
    equal(listener.state$.value.kind, 'buffering');
    arrive();
    await started;
    equal(given, context);
    deepEqual(real.log, ['start']);
    equal(listener.state$.value.kind, 'playing');
    equal(listener.engine, 'element');
  });

  it('opens no audio without a tap', async () => {
    arrive();
    await settled();
    equal(given, undefined);
    deepEqual(log, ['load']);
  });

  it('keeps what was set meanwhile, and nothing else, over what the device remembers', async () => {
    listener.pan = -1;
    listener.muted = true;
    deepEqual([listener.volume, listener.muted, listener.pan], [1, true, -1]);
    arrive();
    await settled();
    deepEqual([real.volume, real.muted, real.pan], [0.7, true, -1]);
    listener.volume = 0.2;
    deepEqual([real.volume, listener.volume], [0.2, 0.2]);
  });

  it('tells what the real one tells', async () => {
    arrive();
    await settled();
    real.driftMs$.next(3);
    real.buffered$.next([[0, 0.5]]);
    deepEqual([listener.driftMs$.value, listener.buffered$.value], [3, [[0, 0.5]]]);
  });

  it('keeps a latency that was set meanwhile, and hands on who asks for the device', async () => {
    listener.latencyMs = 20;
    equal(listener.keepAwake, false);
    const asked = listener.device();
    arrive();
    await asked;
    equal(real.latencyMs, 20);
    deepEqual(real.log, ['device']);
  });

  it('asks for the code again when the network is back', async () => {
    fail();
    await settled();
    wake();
    arrive();
    await settled();
    deepEqual(log, ['load', 'load']);
    await listener.start();
    deepEqual(real.log, ['start']);
  });

  it('gives the audio back when it is stopped before, and stays silent', async () => {
    void listener.start();
    listener.stop();
    listener.stop();
    arrive();
    await settled();
    deepEqual(log, ['load', 'resume', 'close', 'stopped']);
    deepEqual(real.log, []);
  });

  it('hands a later stop on', async () => {
    arrive();
    await settled();
    listener.stop();
    deepEqual(real.log, ['stop']);
    deepEqual(log, ['load']);
  });
});

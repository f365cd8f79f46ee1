import { equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { KeyValue } from '../store/key-value.ts';
import { memoryKeyValue } from '../store/memory-key-value.ts';
import { LiveValue } from '../sync/live-value.ts';
import { createKeepAwake, type KeepAwake, type ScreenLocks } from './keep-awake.ts';
import type { ListenerState } from './listener.ts';

/** A screen that counts who holds it; hiding the page ends a lock, as browsers do. */
class Screen implements ScreenLocks {
  held = 0;
  isSeen = true;
  isRefused = false;
  #see: () => void = () => {};
  #release: () => void = () => {};

  async request() {
    if (this.isRefused) throw new DOMException('Low battery', 'NotAllowedError');
    this.held += 1;
    return {
      release: async () => {
        this.held -= 1;
      },
      onRelease: (listener: () => void) => {
        this.#release = listener;
      },
    };
  }
  isVisible(): boolean {
    return this.isSeen;
  }
  onVisible(listener: () => void): () => void {
    this.#see = listener;
    return () => {
      this.#see = () => {};
    };
  }
  hide(): void {
    this.isSeen = false;
    this.held = 0;
    this.#release();
    this.#see();
  }
  show(): void {
    this.isSeen = true;
    this.#see();
  }
}

describe('keeping the screen on', () => {
  let screen: Screen;
  let preferences: KeyValue;
  let state$: LiveValue<ListenerState>;
  let awake: KeepAwake;
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const open = (locks: ScreenLocks | undefined = screen): KeepAwake =>
    createKeepAwake(state$, preferences, locks);

  beforeEach(async () => {
    screen = new Screen();
    preferences = memoryKeyValue();
    state$ = new LiveValue<ListenerState>({ kind: 'playing' });
    awake = open();
    await settled();
  });

  it('[SD5] is nobody’s who did not ask for it', () => {
    equal(awake.isWanted, false);
    equal(screen.held, 0);
  });

  it('[SD5] holds while this device sounds, and lets go when it does not', async () => {
    awake.isWanted = true;
    await settled();
    equal(screen.held, 1);
    state$.next({ kind: 'idle' });
    equal(screen.held, 0);
    state$.next({ kind: 'buffering' });
    await settled();
    equal(screen.held, 1);
    awake.isWanted = false;
    equal(screen.held, 0);
  });

  it('[SD5] is asked for again when somebody looks at the page again', async () => {
    awake.isWanted = true;
    await settled();
    screen.hide();
    await settled();
    equal(screen.held, 0);
    screen.show();
    await settled();
    equal(screen.held, 1);
  });

  it('[SD5] is asked for again where it was refused', async () => {
    screen.isRefused = true;
    awake.isWanted = true;
    await settled();
    equal(screen.held, 0);
    screen.isRefused = false;
    screen.show();
    await settled();
    equal(screen.held, 1);
  });

  it('[SD5] leaves no lock behind that came too late', async () => {
    awake.isWanted = true;
    awake.stop();
    await settled();
    equal(screen.held, 0);
  });

  it('[SD5] is remembered, and stays off where the browser has none', async () => {
    awake.isWanted = true;
    await settled();
    awake.stop();
    const next = open();
    await settled();
    equal(next.isWanted, true);
    equal(screen.held, 1);
    const none = createKeepAwake(state$, preferences, undefined);
    none.isWanted = true;
    equal(none.isWanted, false);
  });
});

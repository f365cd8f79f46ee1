import { LiveValue } from '../sync/live-value.ts';
import type { Listener, ListenerState } from './listener.ts';

export interface LateListenerDeps {
  /** Brings the code. What it gives makes the listener, on a context where one was opened meanwhile. */
  readonly load: () => Promise<(context: AudioContext | undefined) => Listener>;
  readonly createContext: () => AudioContext;
  /** The network may be back. @returns ends it */
  readonly onWake: (listener: () => void) => () => void;
  /** Called once, when it was stopped before its code was there. */
  readonly onStop: () => void;
}

/**
 * A listener whose code is still to come. Browsers let sound begin only within a tap, which does not wait for code:
 * the audio context is opened here. Where the code cannot be fetched, the network's return brings the next try.
 */
export function lateListener({ load, createContext, onWake, onStop }: LateListenerDeps): Listener {
  const state$ = new LiveValue<ListenerState>({ kind: 'idle' });
  const driftMs$ = new LiveValue<number | null>(null);
  const buffered$ = new LiveValue<Listener['buffered$']['value']>([]);
  const wishes: Partial<Record<'volume' | 'pan', number> & Record<'muted', boolean>> = {};
  let listener: Listener | undefined;
  let context: AudioContext | undefined;
  let isStopped = false;
  let stopWaiting: (() => void) | undefined;

  const arrive = async (): Promise<void> => {
    stopWaiting?.();
    try {
      const make = await load();
      if (isStopped || listener) return;
      listener = Object.assign(make(context), wishes);
    } catch {
      if (!isStopped) stopWaiting = onWake(() => void arrive());
      return;
    }
    listener.state$.subscribe(state$);
    listener.driftMs$.subscribe(driftMs$);
    listener.buffered$.subscribe(buffered$);
  };
  const arrived = arrive();

  return {
    state$,
    driftMs$,
    buffered$,
    get engine() {
      return listener?.engine ?? 'buffer';
    },
    get volume() {
      return listener?.volume ?? wishes.volume ?? 1;
    },
    set volume(volume) {
      Object.assign(listener ?? wishes, { volume });
    },
    get muted() {
      return listener?.muted ?? wishes.muted ?? false;
    },
    set muted(muted) {
      Object.assign(listener ?? wishes, { muted });
    },
    get pan() {
      return listener?.pan ?? wishes.pan ?? 0;
    },
    set pan(pan) {
      Object.assign(listener ?? wishes, { pan });
    },
    async start() {
      if (!listener && !isStopped) {
        state$.next({ kind: 'buffering' });
        context ??= opened(createContext);
        await arrived;
      }
      await listener?.start();
    },
    stop() {
      if (listener) listener.stop();
      else if (!isStopped) {
        isStopped = true;
        stopWaiting?.();
        void context?.close();
        state$.next({ kind: 'idle' });
        onStop();
      }
    },
  };
}

/** Undefined where the browser has no sound: the listener says so when it is there. */
function opened(createContext: () => AudioContext): AudioContext | undefined {
  try {
    const context = createContext();
    context.resume().catch(() => {});
    return context;
  } catch {
    return undefined;
  }
}

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
  const streams = {
    state$,
    driftMs$: new LiveValue<number | null>(null),
    buffered$: new LiveValue<Listener['buffered$']['value']>([]),
  };
  /** What was set before there was a listener to take it. */
  const wishes = {};
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
    for (const name in streams) Reflect.get(listener, name).subscribe(Reflect.get(streams, name));
  };
  const arrived = arrive();

  const own = {
    ...streams,
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
    async device() {
      await arrived;
      return listener?.device();
    },
  };
  const untouched = {
    engine: 'buffer',
    preferredEngine: 'auto',
    volume: 1,
    muted: false,
    pan: 0,
    latencyMs: 0,
    keepAwake: false,
  } as const;
  // All that can be set goes one way, whatever its name.
  return new Proxy<Listener>(
    { ...untouched, ...own },
    {
      get: (_, name) =>
        Reflect.get(name in own ? own : (listener ?? { ...untouched, ...wishes }), name),
      set: (_, name, value) => Reflect.set(listener ?? wishes, name, value),
    },
  );
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

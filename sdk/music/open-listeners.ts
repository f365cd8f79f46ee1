import type { Group } from '../api.ts';
import type { KeyValue } from '../store/key-value.ts';
import { lateListener } from './late-listener.ts';
import type { Listener } from './listener.ts';

/** The listeners of one connection; their code comes when the first of them is opened. */
export interface Listeners {
  readonly open: (group: Group, onStop: () => void) => Listener;
  /** Whether one of them is heard now. */
  readonly isSounding: () => boolean;
}

export function openListeners(
  storage: { readonly preferences: KeyValue; readonly tracks: KeyValue },
  onWake: (listener: () => void) => () => void,
): Listeners {
  const listeners = new Set<Listener>();
  return {
    open(group, onStop) {
      const end = (): void => {
        listeners.delete(listener);
        onStop();
      };
      const listener = lateListener({
        async load() {
          const { makeListener } = await import('./make-listener.ts');
          return (context) => makeListener(group, storage, end, context);
        },
        createContext: () => new AudioContext({ latencyHint: 'playback' }),
        onWake,
        onStop: end,
      });
      listeners.add(listener);
      return listener;
    },
    isSounding: () => [...listeners].some(({ state$ }) => state$.value.kind === 'playing'),
  };
}

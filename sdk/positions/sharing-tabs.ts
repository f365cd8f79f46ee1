import type { Fix } from '../protocol/wire.ts';
import type { Decision } from './decision.ts';
import type { SharingState } from './sharing-state.ts';

/** What the tabs of one browser tell each other of one person's sharing in one group. */
export type SharingWord =
  | { readonly kind: 'decided'; readonly decision: Decision }
  /** To the tab that leads: it alone tells the server. `atMs`: when this was told, by the server's clock. */
  | { readonly kind: 'fix'; readonly fix: Fix; readonly atMs: number }
  /** To the tab that leads: fixes stop here, or may come again. */
  | { readonly kind: 'paused'; readonly paused: boolean }
  /** From the tab that leads. */
  | { readonly kind: 'state'; readonly state: SharingState }
  /** The private places of this device are others now. */
  | { readonly kind: 'places' }
  /** A tab that is new asks for the state. */
  | { readonly kind: 'who' };

/** The other tabs, without this one. */
export interface SharingTabs {
  post(word: SharingWord): void;
  /** @returns ends it */
  listen(listener: (word: SharingWord) => void): () => void;
  close(): void;
}

/** No other tabs: Node, or a browser without channels, where what is kept alone binds them. */
export const noSharingTabs: SharingTabs = {
  post() {},
  listen: () => () => {},
  close() {},
};

/** @param name of what the tabs share; null where nobody shares it */
export function channelSharingTabs(name: string | null): SharingTabs {
  if (name === null || typeof BroadcastChannel === 'undefined') return noSharingTabs;
  const channel = new BroadcastChannel(name);
  return {
    post: (word) => channel.postMessage(word),
    listen(listener) {
      const heard = ({ data }: MessageEvent<SharingWord>): void => listener(data);
      channel.addEventListener('message', heard);
      return () => channel.removeEventListener('message', heard);
    },
    close: () => channel.close(),
  };
}

import type { KeptNotice } from './kept-notices.ts';

/** What tabs of one person tell each other about notices. */
export type NoticeMessage =
  /** From the tab that leads: all that there is to tell. */
  | { readonly kind: 'told'; readonly notices: readonly KeptNotice[] }
  /** From the tab in which the person was done with one. */
  | { readonly kind: 'dismissed'; readonly id: string };

/** The other tabs, without this one. */
export interface NoticeTabs {
  post(message: NoticeMessage): void;
  listen(listener: (message: NoticeMessage) => void): void;
  close(): void;
}

/** @param name of what these tabs share; null where no other tab can see it */
export function noticeTabs(name: string | null): NoticeTabs {
  if (name === null || typeof BroadcastChannel === 'undefined') {
    return { post() {}, listen() {}, close() {} };
  }
  const channel = new BroadcastChannel(`${name}:notices`);
  return {
    post: (message) => channel.postMessage(message),
    listen(listener) {
      channel.onmessage = ({ data }: MessageEvent<NoticeMessage>) => listener(data);
    },
    close: () => channel.close(),
  };
}

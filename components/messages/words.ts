import type { Dictionary } from '../shared/words.ts';

/** What the group's chat says. */
export interface MessagesWords {
  readonly title: string;
  readonly you: string;
  readonly someone: string;
  readonly write: string;
  readonly hint: string;
  readonly send: string;
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly readOnly: string;
  readonly waiting: string;
  readonly sent: string;
  readonly edited: string;
  readonly notSent: string;
  readonly discard: string;
  readonly newMessages: string;
  readonly older: string;
  readonly olderFailed: string;
  readonly latest: string;
  readonly unseen: (count: number) => string;
  readonly today: string;
  readonly yesterday: string;
}

const en: MessagesWords = {
  title: 'Messages',
  you: 'You',
  someone: 'Someone who left',
  write: 'Write to the group',
  hint: 'Enter sends, Shift and Enter starts a line.',
  send: 'Send',
  emptyTitle: 'No messages yet',
  emptyText: 'Say where you are, or what to play next.',
  readOnly: 'You can read along here, not write.',
  waiting: 'Waiting to be sent',
  sent: 'Sent',
  edited: 'edited',
  notSent: 'Not sent',
  discard: 'Discard',
  newMessages: 'New',
  older: 'Loading older messages',
  olderFailed: 'Older ones need the network.',
  latest: 'Latest',
  unseen: (count) => (count === 1 ? '1 new message' : `${count} new messages`),
  today: 'Today',
  yesterday: 'Yesterday',
};

export const messagesWords: Dictionary<MessagesWords> = { of: 'messages/words', en };

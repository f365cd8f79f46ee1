import type { Message } from '../../sdk/index.ts';

/** One line of the log, oldest first. */
export type Line =
  | { readonly kind: 'day'; readonly key: string; readonly atMs: number }
  | { readonly kind: 'new'; readonly key: 'new' }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: Message;
      /** Starts, ends a run: one author's messages with no pause between them. */
      readonly first: boolean;
      readonly last: boolean;
    };

const longestPauseMs = 5 * 60_000;

/**
 * Messages as lines: a day's name before its first, runs by author.
 *
 * @param newAfterId the last message that was seen before the new ones; undefined without any
 */
export function linesOf(
  messages: readonly Message[],
  newAfterId: string | undefined,
): readonly Line[] {
  const lines: Line[] = [];
  const breaks = messages.map(
    (message, index) => startsRun(messages[index - 1], message) || isNew(messages[index - 1]),
  );
  function isNew(before: Message | undefined): boolean {
    return before !== undefined && before.messageId === newAfterId;
  }
  for (const [index, message] of messages.entries()) {
    const before = messages[index - 1];
    const day = dayOf(message.sentAtMs);
    if (!before || dayOf(before.sentAtMs) !== day) {
      lines.push({ kind: 'day', key: day, atMs: message.sentAtMs });
    }
    if (isNew(before)) lines.push({ kind: 'new', key: 'new' });
    lines.push({
      kind: 'message',
      key: message.messageId,
      message,
      first: breaks[index] ?? true,
      last: breaks[index + 1] ?? true,
    });
  }
  return lines;
}

function startsRun(before: Message | undefined, message: Message): boolean {
  return (
    !before ||
    before.authorId !== message.authorId ||
    dayOf(before.sentAtMs) !== dayOf(message.sentAtMs) ||
    message.sentAtMs - before.sentAtMs > longestPauseMs
  );
}

/** The day at this device, as everybody around it calls it. */
function dayOf(ms: number): string {
  return new Date(ms).toDateString();
}

import type { Message } from '../../sdk/index.ts';

/** How far the person has read: where the new messages begin, and how many were not seen. */
export class Reading {
  /** The last message seen before the new ones; undefined while there are none. */
  newAfterId: string | undefined;
  unseen = 0;
  readonly #known = new Set<string>();
  #seenId: string | undefined;

  /**
   * @param me whose messages are never new
   * @param looking whether the end of the log is in sight; the first messages count as seen
   */
  take(messages: readonly Message[], me: string | undefined, looking: boolean): void {
    const first = this.#known.size === 0;
    let fresh = 0;
    for (const { messageId, authorId } of messages) {
      if (!this.#known.has(messageId) && authorId !== me) fresh += 1;
      this.#known.add(messageId);
    }
    if (!first && !looking && fresh > 0) {
      if (this.unseen === 0) this.newAfterId = this.#seenId;
      this.unseen += fresh;
    } else if (first || looking) this.reached(messages);
  }

  /** The person is at the end: all is seen. Where the new ones began stays marked. */
  reached(messages: readonly Message[]): void {
    this.unseen = 0;
    this.#seenId = messages.at(-1)?.messageId;
  }

  /** Who answers has read. */
  answered(): void {
    this.newAfterId = undefined;
    this.unseen = 0;
  }
}

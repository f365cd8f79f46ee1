import type { ReactiveControllerHost } from 'lit';
import type { Group, SetAsideEntry } from '../../sdk/index.ts';

/** What became of a message of one's own. */
export type Mark = 'waiting' | 'sent';

/** The messages sent from here that the server has not answered yet, and the texts of those it refused. */
export class Outgoing {
  readonly #host: ReactiveControllerHost;
  readonly #waiting = new Set<string>();
  readonly #texts = new Map<string, string>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  send(group: Group, text: string): void {
    const before = new Set(group.messages$.value.map(({ messageId }) => messageId));
    const { opId, acked } = group.send(text);
    const made = group.messages$.value.findLast(
      (message) => !before.has(message.messageId) && message.text === text,
    );
    this.#texts.set(opId, text);
    if (made) this.#waiting.add(made.messageId);
    const settled = (): void => {
      if (made) this.#waiting.delete(made.messageId);
      this.#host.requestUpdate();
    };
    acked.then(() => {
      this.#texts.delete(opId);
      settled();
    }, settled);
  }

  /**
   * @param pending how many ops wait; undefined while that is not known
   * @returns undefined where this page cannot know: sent before a reload, while something waits
   */
  markOf(messageId: string, pending: number | undefined): Mark | undefined {
    if (this.#waiting.has(messageId)) return 'waiting';
    return pending === 0 ? 'sent' : undefined;
  }

  /** The refused messages of a group, with as much of their text as is known. */
  refused(
    entries: readonly SetAsideEntry[],
    group: Group,
  ): readonly { readonly entry: SetAsideEntry; readonly text: string }[] {
    return entries
      .filter(({ scope }) => scope === `g:${group.id}`)
      .flatMap((entry) => {
        // After a reload only the summary is left: its quoted part is the message's beginning.
        const text = this.#texts.get(entry.opId) ?? /^send “(.*)”$/su.exec(entry.summary)?.[1];
        return text === undefined ? [] : [{ entry, text }];
      });
  }
}

import type { LitElement, ReactiveController } from 'lit';
import type { Group, Message } from '../../sdk/index.ts';
import { codeOf } from '../shared/group-resolver.ts';

/** How many of the latest messages a group holds: with fewer there are none before them. */
export const mostMessages = 200;
const pageMessages = 50;

export type OlderState =
  /** There may be more, once they are asked for. */
  | 'more'
  | 'loading'
  | 'failed'
  /** The first message of all is here, or nothing was ever asked for. */
  | 'none';

/** Messages from before those that the group holds, page by page, while the person reads back. */
export class Older implements ReactiveController {
  readonly #host: LitElement;
  readonly #group: () => Group | undefined;
  #of: Group | undefined;
  #older: readonly Message[] = [];
  #latest: readonly Message[] = [];
  #state: OlderState = 'more';

  constructor(host: LitElement, group: () => Group | undefined) {
    this.#host = host;
    this.#group = group;
    host.addController(this);
  }

  get state(): OlderState {
    return this.#older.length === 0 && this.#latest.length < mostMessages ? 'none' : this.#state;
  }

  /** All that is here, oldest first. What the group lets go of meanwhile stays with the older ones. */
  with(latest: readonly Message[]): readonly Message[] {
    this.#followGroup();
    const held = latest.slice(-mostMessages);
    const [first] = held;
    if (this.#older.length > 0 && first) {
      const left = this.#latest.findIndex(({ messageId }) => messageId === first.messageId);
      this.#older = [...this.#older, ...this.#latest.slice(0, Math.max(0, left))];
    }
    this.#latest = held;
    return [...this.#older, ...held];
  }

  /** Asks for the page before. */
  readonly load = (): void => {
    const group = this.#group();
    const before = this.#older[0] ?? this.#latest[0];
    if (group && before && (this.state === 'more' || this.state === 'failed')) {
      void this.#load(group, before);
    }
  };

  hostDisconnected(): void {
    this.#of = undefined;
  }

  async #load(group: Group, before: Message): Promise<void> {
    this.#show('loading');
    try {
      const page = await group.olderMessages(before.messageId, pageMessages);
      if (this.#of !== group) return;
      this.#older = [...page, ...this.#older];
      this.#show(page.length === 0 ? 'none' : 'more');
    } catch (error) {
      // What is not known to the server any more has none before it.
      if (this.#of === group) this.#show(codeOf(error) === 'not-found' ? 'none' : 'failed');
    }
  }

  #show(state: OlderState): void {
    this.#state = state;
    this.#host.requestUpdate();
  }

  #followGroup(): void {
    const group = this.#group();
    if (group === this.#of) return;
    this.#of = group;
    this.#older = [];
    this.#latest = [];
    this.#state = 'more';
  }
}

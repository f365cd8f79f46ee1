import type { Group, ListenerState, NowPlaying, PlaylistEntry } from '../../sdk/index.ts';
import { request } from '../shared/events.ts';
import { codeOf } from '../shared/group-resolver.ts';
import { inTime } from '../shared/timers.ts';

/** So long it is said why nothing sounds; then as long again at most, so that not all devices go on at once. */
const saidForMs = 2_500;

export interface PassOverDeps {
  /** Runs a task in so many ms; what it returns forgets the task. */
  readonly later: (delayMs: number, task: () => void) => () => void;
  /** 0 … 1. */
  readonly random: () => number;
}

/**
 * Goes on to the next track where the file of this one was taken down, as the list says, or the server, who is asked
 * where it cannot be had: it would be silence on every device that has not kept it. Who may control does so, and the
 * first to do it spares the others: they find another track current.
 */
export class PassOver {
  readonly #element: EventTarget;
  readonly #deps: PassOverDeps;
  #item: string | undefined;
  #latest: { readonly group: Group; readonly now: NowPlaying } | undefined;
  #forget: (() => void) | undefined;
  /** The list as it was looked through last, for one track. */
  #looked: { readonly list: readonly PlaylistEntry[]; readonly itemId: string } | undefined;
  #isTakenDown = false;

  constructor(element: EventTarget, deps: PassOverDeps = { later: inTime, random: Math.random }) {
    this.#element = element;
    this.#deps = deps;
  }

  /** Told after every render of a player that sounds. */
  look(group: Group, now: NowPlaying, state: ListenerState | undefined): void {
    this.#latest = { group, now };
    const current = now.playing ? now.item?.itemId : undefined;
    const isOver =
      current !== undefined && (this.#listSays(group, current) || state?.kind === 'failed');
    const itemId = isOver ? current : undefined;
    if (itemId === this.#item) return;
    this.stop();
    this.#item = itemId;
    if (itemId !== undefined) void this.#ask(group, itemId);
  }

  stop(): void {
    this.#forget?.();
    this.#forget = undefined;
    this.#item = undefined;
  }

  /** Players render often and lists are long: one is looked through once. */
  #listSays({ playlist$ }: Group, itemId: string): boolean {
    const list = playlist$.value;
    if (this.#looked?.list !== list || this.#looked.itemId !== itemId) {
      this.#looked = { list, itemId };
      const entry = list.find((one) => one.itemId === itemId);
      this.#isTakenDown = entry?.takenDown ?? false;
    }
    return this.#isTakenDown;
  }

  async #ask(group: Group, itemId: string): Promise<void> {
    const code = this.#isTakenDown
      ? 'gone'
      : await group.trackUrl(itemId).then(
          () => undefined,
          (error: unknown) => codeOf(error),
        );
    if (code !== 'gone' || this.#item !== itemId) return;
    const { later, random } = this.#deps;
    this.#forget = later(saidForMs * (1 + random()), () => this.#go(itemId));
  }

  #go(itemId: string): void {
    const { group, now } = this.#latest ?? {};
    const next = now?.nextItem;
    if (!group || !next || now.item?.itemId !== itemId || next.itemId === itemId) return;
    if (!now.playing || !group.can('control')) return;
    if (request(this.#element, 'jamz-request-select', { itemId: next.itemId })) {
      group.select(next.itemId);
    }
  }
}

import type { Group, NowPlaying, RepeatMode } from '../../sdk/index.ts';
import { request } from '../shared/events.ts';
import type { KeyCommand } from './keys.ts';
import type { Listening } from './listening.ts';
import type { MediaCommands } from './media-session.ts';
import { hasEnded, positionAt } from './position.ts';
import type { TransportCommands } from './transport.ts';

export interface CommandsDeps {
  readonly group: () => Group | undefined;
  readonly now: () => NowPlaying | undefined;
  readonly listening: Listening;
}

/**
 * What the person may do with the music. Each asks the page first by its request event,
 * and does nothing where the member may not control or the page says no.
 */
export class Commands implements TransportCommands, MediaCommands {
  readonly #element: EventTarget;
  readonly #deps: CommandsDeps;

  constructor(element: EventTarget, deps: CommandsDeps) {
    this.#element = element;
    this.#deps = deps;
  }

  readonly toggle = (): void => {
    const { now, group } = this.#deps;
    const current = now();
    const at = group()?.jamz.serverNow() ?? 0;
    if (current?.playing && !hasEnded(current, at)) this.pause();
    else this.play();
  };

  readonly play = (): void =>
    this.#may((group, now) => {
      if (!request(this.#element, 'jamz-request-play', { positionMs: this.#positionMs() })) return;
      this.#deps.listening.start();
      const itemId = now.item?.itemId ?? group.playlist$.value[0]?.itemId;
      if (itemId !== undefined && (!now.item || hasEnded(now, group.jamz.serverNow()))) {
        group.select(itemId);
      } else {
        group.play();
      }
    });

  readonly pause = (): void =>
    this.#may((group) => {
      if (request(this.#element, 'jamz-request-pause', { positionMs: this.#positionMs() })) {
        group.pause();
      }
    });

  readonly next = (): void =>
    this.#may((group) => {
      if (request(this.#element, 'jamz-request-next', {})) group.next();
    });

  readonly previous = (): void =>
    this.#may((group) => {
      if (request(this.#element, 'jamz-request-previous', {})) group.previous();
    });

  readonly seek = (positionMs: number): void =>
    this.#may((group, { durationMs, item }) => {
      if (!item) return;
      const to = Math.min(Math.max(0, positionMs), durationMs ?? Number.POSITIVE_INFINITY);
      if (request(this.#element, 'jamz-request-seek', { positionMs: to })) group.seek(to);
    });

  readonly shuffle = (): void => this.#may((group, now) => group.shuffle(!now.shuffle));

  readonly repeat = (mode: RepeatMode): void => this.#may((group) => group.repeat(mode));

  readonly like = (itemId: string, like: boolean): void => {
    const group = this.#deps.group();
    if (!group || !request(this.#element, 'jamz-request-like', { itemId, like })) return;
    if (like) group.like(itemId);
    else group.unlike(itemId);
  };

  /** @param positionMs where this device is: jumps start there */
  key(command: KeyCommand, positionMs: number): void {
    const { listening } = this.#deps;
    if (command.kind === 'toggle') this.toggle();
    else if (command.kind === 'mute') listening.toggleMuted();
    else if (command.kind === 'seek-by') this.seek(positionMs + command.ms);
    else if (command.kind === 'volume-by') {
      listening.setVolume((listening.listener?.volume ?? 1) + command.by);
    }
  }

  #may(act: (group: Group, now: NowPlaying) => unknown): void {
    const group = this.#deps.group();
    const now = this.#deps.now();
    if (group && now && group.can('control')) act(group, now);
  }

  #positionMs(): number {
    const now = this.#deps.now();
    const group = this.#deps.group();
    return now && group ? positionAt(now, group.jamz.serverNow()) : 0;
  }
}

import type { LitElement, ReactiveController } from 'lit';
import type { Group, PlaylistEntry } from '../../sdk/index.ts';
import type { After } from './order.ts';

/** How long a removal can be undone. */
export const undoMs = 8_000;

interface Removal {
  readonly entry: PlaylistEntry;
  readonly after: After;
  readonly group: Group;
}

/** What was removed in the last seconds, to be put back where it was. */
export class Removals implements ReactiveController {
  readonly #host: LitElement;
  readonly #later: (delayMs: number, task: () => void) => () => void;
  #removed: readonly Removal[] = [];
  #forgetTimer: (() => void) | undefined;

  /** @param later runs a task in so many ms; what it returns forgets the task */
  constructor(host: LitElement, later: (delayMs: number, task: () => void) => () => void) {
    this.#host = host;
    this.#later = later;
    host.addController(this);
  }

  /** Newest last; empty once the time to undo is over. */
  get titles(): readonly string[] {
    return this.#removed.map(({ entry }) => entry.title);
  }

  remove(group: Group, entry: PlaylistEntry, after: After): void {
    group.removeTrack(entry.itemId);
    this.#removed = [...this.#removed, { entry, after, group }];
    this.#forgetTimer?.();
    this.#forgetTimer = this.#later(undoMs, this.forget);
    this.#host.requestUpdate();
  }

  /** Adds the tracks again, last removed first, so that each finds the one it stood behind. */
  readonly undo = (): void => {
    for (const { entry, after, group } of this.#removed.toReversed()) {
      const { title, artist, durationMs, fileId, url, trackId } = entry;
      group.addTracks(
        [
          {
            title,
            ...(artist === undefined ? {} : { artist }),
            ...(durationMs === undefined ? {} : { durationMs }),
            ...(fileId === undefined ? {} : { fileId }),
            ...(url === undefined ? {} : { url }),
            ...(trackId === undefined ? {} : { trackId }),
          },
        ],
        { after },
      );
    }
    this.forget();
  };

  readonly forget = (): void => {
    this.#forgetTimer?.();
    this.#forgetTimer = undefined;
    this.#removed = [];
    this.#host.requestUpdate();
  };

  hostDisconnected(): void {
    this.#forgetTimer?.();
    this.#forgetTimer = undefined;
    this.#removed = [];
  }
}

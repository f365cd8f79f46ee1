import type { Line } from './sync-story.ts';

const keptLines = 60;

/** What happened, newest first, announced as it comes. */
export class EventLog {
  readonly #list = document.createElement('ol');
  #newestKey = '';

  constructor(box: HTMLElement) {
    // What scrolls must be reachable by keyboard.
    box.tabIndex = 0;
    box.append(this.#list);
  }

  /** @param phone whose colour marks the line; without one it is the group's */
  add(line: Line | undefined, phone?: string): void {
    if (!line) return;
    const item = document.createElement('li');
    if (phone) item.dataset['phone'] = phone;
    const time = document.createElement('time');
    time.textContent = new Date().toLocaleTimeString(undefined, { timeStyle: 'medium' });
    const text = document.createElement('span');
    text.textContent = line.text;
    item.append(time, text);

    // A count that grows is one line that changes.
    const replaces = line.key === this.#newestKey && line.key.endsWith('waiting');
    if (replaces) this.#list.firstElementChild?.replaceWith(item);
    else this.#list.prepend(item);
    this.#newestKey = line.key;
    while (this.#list.children.length > keptLines) this.#list.lastElementChild?.remove();
  }
}

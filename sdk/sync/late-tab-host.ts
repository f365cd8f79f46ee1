import type { SyncEngine } from './sync-engine.ts';
import type { TabHost } from './tab-host.ts';
import type { TabMessage, TabPort } from './tabs.ts';

/** What the leading tab is to others. Most pages have one tab: until another speaks, nothing is told and no code comes. */
export class LateTabHost {
  readonly #silence: () => void;
  #host: TabHost | undefined;
  #waiting: TabMessage[] | undefined = [];

  constructor(engine: SyncEngine, tabs: TabPort) {
    tabs.post({ kind: 'leads' });
    this.#silence = tabs.listen((message) => {
      if (this.#host) this.#host.heard(message);
      else if (this.#waiting?.push(message) === 1) void this.#begin(engine, tabs);
    });
  }

  /** Undefined while nobody follows. */
  get current(): TabHost | undefined {
    return this.#host;
  }

  close(): void {
    this.#silence();
    this.#waiting = undefined;
    this.#host?.close();
  }

  async #begin(engine: SyncEngine, tabs: TabPort): Promise<void> {
    try {
      const { hostTabs } = await import('./tab-host.ts');
      if (!this.#waiting) return;
      const host = hostTabs(engine, tabs);
      this.#host = host;
      for (const message of this.#waiting.splice(0)) host.heard(message);
    } catch {
      // In a dead spot, where the browser does not have it yet: the next word of a follower asks again.
      this.#waiting = this.#waiting && [];
    }
  }
}

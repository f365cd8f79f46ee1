import type { SharingTabs, SharingWord } from '../positions/sharing-tabs.ts';

/** The channel between the tabs of one browser, which a test can hold up. */
export interface TestTabs {
  /** One more tab. */
  open(): SharingTabs;
  /** Nothing arrives any more. */
  hold(): void;
  /** What was held up arrives, in its order. */
  release(): void;
}

export function sharingTabsOf(): TestTabs {
  const tabs = new Map<object, Set<(word: SharingWord) => void>>();
  let held: (() => void)[] | undefined;
  const deliver = (run: () => void): void => {
    if (held) held.push(run);
    else queueMicrotask(run);
  };
  return {
    open() {
      const self = {};
      const listeners = new Set<(word: SharingWord) => void>();
      tabs.set(self, listeners);
      return {
        post(word) {
          for (const [tab, theirs] of tabs) {
            if (tab === self) continue;
            const copy = structuredClone(word);
            deliver(() => {
              for (const listener of theirs) listener(copy);
            });
          }
        },
        listen(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        close: () => void tabs.delete(self),
      };
    },
    hold() {
      held ??= [];
    },
    release() {
      const waiting = held ?? [];
      held = undefined;
      for (const run of waiting) queueMicrotask(run);
    },
  };
}

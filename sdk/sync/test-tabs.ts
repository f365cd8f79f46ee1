import type { TabMessage, TabPort } from './tabs.ts';

/** Tabs that hear each other after the turn, as a BroadcastChannel's do. */
export function tabPorts(): () => TabPort {
  const all = new Set<{ listeners: Set<(message: TabMessage) => void> }>();
  return () => {
    const self = { listeners: new Set<(message: TabMessage) => void>() };
    all.add(self);
    return {
      post(message) {
        const copy = structuredClone(message);
        for (const other of all) {
          if (other === self) continue;
          queueMicrotask(() => {
            for (const listener of [...other.listeners]) listener(copy);
          });
        }
      },
      listen(listener) {
        self.listeners.add(listener);
        return () => self.listeners.delete(listener);
      },
      close: () => all.delete(self),
    };
  };
}

import { isolateNames } from './isolate-names.ts';
import type { TableName } from './tables.ts';

type Loads = Readonly<
  Record<string, () => Promise<{ readonly words: Readonly<Record<string, unknown>> }>>
>;

/**
 * One table in one language; undefined while it is on its way, and the element is asked to
 * render again once it is there.
 *
 * @param language a BCP 47 tag in small letters, as `de-at`
 */
export type Translations = (language: string, of: TableName, element: Element) => unknown;

/** So long a language is not asked for again that could not be fetched. */
export const retryMs = 10_000;

/**
 * Fetches what is wanted, once.
 *
 * @param rooms by language and room
 * @param now in ms, from any moment
 */
export function createTranslations(
  rooms: Readonly<Record<string, Loads>>,
  now: () => number,
): Translations {
  const arrived = new Map<string, Readonly<Record<string, unknown>>>();
  /** Who showed English for want of something. */
  const waiting = new Map<string, Set<Element>>();
  const failedAtMs = new Map<string, number>();

  async function fetchRoom(key: string, load: Loads[string], element: Element): Promise<void> {
    const others = waiting.get(key);
    if (others) {
      others.add(element);
      return;
    }
    if (now() - (failedAtMs.get(key) ?? -Infinity) < retryMs) return;
    const asked = new Set([element]);
    waiting.set(key, asked);
    try {
      arrived.set(key, isolateNames((await load()).words));
      for (const one of asked) renderAgain(one);
    } catch {
      failedAtMs.set(key, now());
    } finally {
      waiting.delete(key);
    }
  }

  return (language, of, element) => {
    const [room = '', table = ''] = of.split('/');
    const primary = language.slice(0, 2);
    const load = rooms[primary]?.[room];
    const words = arrived.get(`${primary}/${room}`);
    if (load && !words) void fetchRoom(`${primary}/${room}`, load, element);
    return words?.[table];
  };
}

export function renderAgain(element: Element): void {
  if ('requestUpdate' in element && typeof element.requestUpdate === 'function') {
    element.requestUpdate();
  }
}

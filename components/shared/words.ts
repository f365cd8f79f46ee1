import type { TableName } from '../languages/tables.ts';

type Languages = typeof import('../languages/languages.ts');

/**
 * What an element says. English comes with it; other languages are fetched when somebody
 * wants them, and a key that one of them misses does not compile (`components/languages`).
 */
export interface Dictionary<Words> {
  readonly of: TableName;
  readonly en: Words;
}

let others: Languages | undefined;
let observer: MutationObserver | undefined;

/**
 * The words in the language of the nearest `lang` attribute, shadow roots crossed;
 * `de-AT` falls back to `de`, an unknown language to English. While a language is on its
 * way they are English, and the element renders again once it is there.
 */
export function wordsFor<Words>(element: Element, { of, en }: Dictionary<Words>): Words {
  const language = languageOf(element);
  if (language.startsWith('en')) return en;
  if (!others) void load().then(() => others?.translated(language, of, element));
  // What a language keeps under this name has the type that its English has: see Tables.
  return (others?.translated(language, of, element) as Words | undefined) ?? en;
}

/**
 * The nearest `lang` as a BCP 47 tag that the platform's formats take; `en` where the page
 * has none, or one that elements do not speak. Arabic is written with Latin digits, as
 * clocks and lengths of tracks are.
 */
export function languageOf(element: Element): string {
  observer ??= new MutationObserver((changes) => void load(changes));
  let at: Element | null = element;
  while (at) {
    const root: Node = at.getRootNode();
    // What is watched already is not watched twice.
    observer.observe(root, { attributeFilter: ['lang'], subtree: true });
    const tag = at.closest('[lang]')?.getAttribute('lang');
    if (tag) {
      const spoken =
        /^(ar|de|en|es|fr)(?![a-z])(-[a-z]{2}\b)?/.exec(tag.toLowerCase())?.[0] ?? 'en';
      return spoken.startsWith('ar') ? `${spoken}-u-nu-latn` : spoken;
    }
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return 'en';
}

/** Without a network the words stay English, and the next change asks again. */
async function load(changes: readonly MutationRecord[] = []): Promise<void> {
  try {
    others = await import('../languages/languages.ts');
    others.renew(changes);
  } catch {
    // The words stay English.
  }
}

/**
 * What an element says, by language. English is always there and gives the type: a
 * dictionary of another language with a key missing does not compile.
 */
export type Dictionary<Words> = { readonly en: Words } & { readonly [language: string]: Words };

/**
 * The words in the language of the nearest `lang` attribute, shadow roots crossed;
 * `de-AT` falls back to `de`, an unknown language to English.
 */
export function wordsFor<Words>(element: Element, dictionary: Dictionary<Words>): Words {
  const language = languageOf(element).toLowerCase();
  return dictionary[language] ?? dictionary[language.split('-')[0] ?? 'en'] ?? dictionary.en;
}

/** The nearest `lang`, as a BCP 47 tag; `en` where the page has none. */
export function languageOf(element: Element): string {
  let at: Element | null = element;
  while (at) {
    const named: Element | null = at.closest('[lang]');
    const tag = named?.getAttribute('lang');
    if (tag) return tag;
    const root: Node = (named ?? at).getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return 'en';
}

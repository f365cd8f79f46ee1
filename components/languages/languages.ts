import { rooms } from './rooms.ts';
import { createTranslations, renderAgain, type Translations } from './translations.ts';

// Elements do not import this: `wordsFor` does, when a page is not in English, or changes
// its language.

export const translated: Translations = createTranslations(rooms, () => performance.now());

/** Renders again what stands where a `lang` was changed. */
export function renew(changes: readonly MutationRecord[]): void {
  for (const target of new Set(changes.map((change) => change.target))) walk(target);
}

function walk(node: Node): void {
  if (node instanceof Element) {
    if (node.localName.startsWith('jamz-')) renderAgain(node);
    if (node.shadowRoot) walk(node.shadowRoot);
  }
  for (const child of node.childNodes) walk(child);
}

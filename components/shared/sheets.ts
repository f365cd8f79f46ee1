import type { CSSResultOrNative } from 'lit';

/**
 * The style sheets of an element in the document it stands in. A constructed sheet belongs to
 * one document: the shared ones are for the script's own, an element in the document of a frame gets copies.
 */
export function sheetsIn(page: Document, styles: readonly CSSResultOrNative[]): CSSStyleSheet[] {
  const view = page.defaultView;
  return styles.flatMap((style) => {
    if (style instanceof CSSStyleSheet) return style;
    if (page === document || !view) return style.styleSheet ?? [];
    const copy = new view.CSSStyleSheet();
    copy.replaceSync(style.cssText);
    return copy;
  });
}

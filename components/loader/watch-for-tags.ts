/**
 * Loads an element's module when its tag first stands on the page: at once for those that are
 * there, as they come for the rest. A module that could not be loaded is tried again when its
 * tag next appears.
 *
 * @returns stops watching
 */
export function watchForTags(
  page: Document,
  tags: readonly string[],
  load: (tag: string) => Promise<unknown>,
): () => void {
  const waiting = new Set(tags);

  const want = (tag: string): void => {
    if (!waiting.delete(tag) || customElements.get(tag)) return;
    load(tag).catch(() => waiting.add(tag));
  };
  const look = (node: Node): void => {
    if (!(node instanceof Element)) return;
    want(node.localName);
    for (const tag of [...waiting]) if (node.querySelector(tag)) want(tag);
  };

  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) look(node);
  });
  observer.observe(page, { childList: true, subtree: true });
  look(page.documentElement);
  return () => observer.disconnect();
}

/** Tells when a page is hidden or left: it may be the last that it can say. @returns ends it */
export function pageEnds(listener: () => void): () => void {
  if (typeof document === 'undefined') return () => {};
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') listener();
  };
  document.addEventListener('visibilitychange', hidden);
  globalThis.addEventListener('pagehide', listener);
  return () => {
    document.removeEventListener('visibilitychange', hidden);
    globalThis.removeEventListener('pagehide', listener);
  };
}

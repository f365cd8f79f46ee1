/** Makes buttons with `role=tab` switch the panels that they name by `aria-controls`; arrows move between them. */
export function connectTabs(list: HTMLElement, panelOf: (id: string) => HTMLElement | null): void {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')];

  const select = (chosen: HTMLElement): void => {
    for (const tab of tabs) {
      const selected = tab === chosen;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
      const panel = panelOf(tab.getAttribute('aria-controls') ?? '');
      if (panel) panel.hidden = !selected;
    }
  };

  list.addEventListener('click', ({ target }) => {
    const tab = target instanceof Element ? target.closest<HTMLElement>('[role=tab]') : null;
    if (tab) select(tab);
  });
  list.addEventListener('keydown', (event) => {
    const index = event.target instanceof HTMLElement ? tabs.indexOf(event.target) : -1;
    const next = nextIndex(event.key, index, tabs.length);
    const tab = tabs[next];
    if (index < 0 || !tab) return;
    event.preventDefault();
    select(tab);
    tab.focus();
  });
}

/** Where a key leads in a row of `count`; −1 for a key that leads nowhere. */
export function nextIndex(key: string, index: number, count: number): number {
  if (key === 'ArrowRight') return (index + 1) % count;
  if (key === 'ArrowLeft') return (index + count - 1) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return -1;
}

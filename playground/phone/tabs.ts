/**
 * Makes the buttons with `role=tab` in `list` one choice; arrows move between them.
 *
 * @param onSelect told the chosen tab
 * @returns marks a tab as chosen, where the page itself moved there
 */
export function connectTabs(
  list: HTMLElement,
  onSelect: (tab: HTMLElement) => void,
): (tab: HTMLElement) => void {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role=tab]')];

  const mark = (chosen: HTMLElement): void => {
    for (const tab of tabs) {
      tab.setAttribute('aria-selected', String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
    }
  };
  const select = (chosen: HTMLElement): void => {
    mark(chosen);
    onSelect(chosen);
  };

  list.addEventListener('click', ({ target }) => {
    const tab = target instanceof Element ? target.closest<HTMLElement>('[role=tab]') : null;
    if (tab) select(tab);
  });
  list.addEventListener('keydown', (event) => {
    const index = event.target instanceof HTMLElement ? tabs.indexOf(event.target) : -1;
    const tab = index < 0 ? undefined : tabs[nextIndex(event.key, index, tabs.length)];
    if (!tab) return;
    event.preventDefault();
    select(tab);
    tab.focus();
  });
  return mark;
}

/** Makes each tab show the panel that it names by `aria-controls`. */
export function connectPanels(list: HTMLElement): void {
  const panelOf = (tab: Element): HTMLElement | null =>
    document.getElementById(tab.getAttribute('aria-controls') ?? '');
  connectTabs(list, (chosen) => {
    for (const tab of list.querySelectorAll('[role=tab]')) {
      const panel = panelOf(tab);
      if (panel) panel.hidden = tab !== chosen;
    }
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

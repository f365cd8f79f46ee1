import { connectTabs } from './tabs.ts';

/** On a narrow page the phones stand in a row that one swipes or chooses by tabs; the two stay in step. */
export function connectCarousel(tabList: HTMLElement, row: HTMLElement): void {
  const mark = connectTabs(tabList, (tab) => {
    const phone = document.getElementById(tab.dataset['phone'] ?? '');
    phone?.scrollIntoView({ behavior: 'smooth', block: 'nearest', inline: 'center' });
  });
  const observer = new IntersectionObserver(
    (entries) => {
      const shown = entries.find(({ isIntersecting }) => isIntersecting);
      const tab = shown && tabList.querySelector<HTMLElement>(`[data-phone="${shown.target.id}"]`);
      if (tab) mark(tab);
    },
    { root: row, threshold: 0.6 },
  );
  for (const phone of row.children) observer.observe(phone);
}

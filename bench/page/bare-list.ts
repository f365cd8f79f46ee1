/**
 * A playlist's floor: what it shows, copied without what makes it live, in which the rows that
 * leave at the top come back at the bottom with another text. No list does less in script.
 *
 * @returns what scrolls in it
 */
export function bareList(playlist: HTMLElement, items: number): HTMLElement {
  const shown = playlist.shadowRoot;
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = shown?.adoptedStyleSheets ?? [];
  root.append(...[...(shown?.childNodes ?? [])].map((node) => document.importNode(node, true)));
  host.style.blockSize = `${playlist.offsetHeight}px`;
  playlist.replaceWith(host);
  const scroller = root.querySelector<HTMLElement>('.scroller');
  const rows = [...root.querySelectorAll<HTMLElement>('.row')];
  const [row] = rows;
  if (!scroller || !row) throw new Error('The list shows no rows.');
  const rowPx = row.offsetHeight;
  let first = 0;
  scroller.addEventListener('scroll', () => {
    const to = Math.min(items - rows.length, Math.floor(scroller.scrollTop / rowPx) - 8);
    for (; first < to; first += 1) {
      const fresh = rows[first % rows.length];
      if (fresh) write(fresh, first + rows.length, rowPx);
    }
  });
  return scroller;
}

function write(row: HTMLElement, index: number, rowPx: number): void {
  row.style.translate = `0 ${index * rowPx}px`;
  const place = row.querySelector('.place');
  const title = row.querySelector('.title');
  if (place) place.textContent = `${index + 1}`;
  if (title) title.textContent = `Song ${index}`;
}

import { type CSSResult, css, html, render, type TemplateResult } from 'lit';
import { closeIcon } from '../shared/icons.ts';
import { wordsFor } from '../shared/words.ts';
import { type KeyNames, keyNames } from './key-names.ts';

/**
 * Opens the sheet that names the keys, over the page. Loaded when it is first asked for.
 *
 * @param frame the player's own frame: the sheet takes its colours from there
 */
export function openKeySheet(frame: HTMLElement, title: string, close: string): void {
  const known = frame.querySelector<HTMLElement>('.sheet-place');
  const place = known ?? frame.ownerDocument.createElement('div');
  if (!known) {
    place.className = 'sheet-place';
    frame.append(place);
  }
  render(sheetView(wordsFor(frame, keyNames), title, close), place);
  place.querySelector('dialog')?.showModal();
}

function sheetView(names: KeyNames, title: string, close: string): TemplateResult {
  const rows: readonly (readonly [keys: readonly string[], name: string])[] = [
    [['Space', 'K'], names.toggle],
    [['←', '→'], names.step],
    [['J', 'L'], names.jump],
    [['↑', '↓'], names.volume],
    [['M'], names.mute],
    [['?'], names.help],
  ];
  return html`
    <dialog class="sheet" part="help" aria-labelledby="keys-title">
      <header>
        <h2 id="keys-title">${title}</h2>
        <form method="dialog">
          <button class="icon-button" aria-label=${close}>${closeIcon()}</button>
        </form>
      </header>
      <dl>
        ${rows.map(
          ([keys, name]) =>
            html`<div><dt>${name}</dt><dd>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dd></div>`,
        )}
      </dl>
    </dialog>
  `;
}

export const keySheetStyles: CSSResult = css`
  .sheet {
    inline-size: min(24em, 100vi - 2em);
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  .sheet::backdrop {
    background: #0006;
  }
  .sheet header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: calc(var(--_space) * 1.5) calc(var(--_space) * 1.5) 0 calc(var(--_space) * 2.5);
  }
  .sheet h2 {
    font-size: var(--_size-4);
    font-weight: 500;
  }
  .sheet dl {
    display: grid;
    gap: calc(var(--_space) * 1.25);
    margin: 0;
    padding: calc(var(--_space) * 1.5) calc(var(--_space) * 2.5) calc(var(--_space) * 2.5);
  }
  .sheet dl > div {
    display: flex;
    justify-content: space-between;
    gap: 1em;
  }
  .sheet dt {
    color: var(--_quiet);
  }
  .sheet dd {
    display: flex;
    gap: 0.35em;
    margin: 0;
  }
  kbd {
    min-inline-size: 1.8em;
    padding: 0.05em 0.45em;
    border: 1px solid var(--_line-strong);
    border-block-end-width: 2px;
    border-radius: 0.4em;
    font: inherit;
    font-size: var(--_size-2);
    text-align: center;
  }
`;

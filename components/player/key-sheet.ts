import { type CSSResult, css, html, type LitElement, render, type TemplateResult } from 'lit';
import { coreWords } from '../shared/core-words.ts';
import { closeIcon } from '../shared/icons.ts';
import { wordsFor } from '../shared/words.ts';
import { type KeyNames, keyNames } from './key-names.ts';
import { sheetPlace } from './sheet-place.ts';
import { sheetStyles } from './sheet-styles.ts';
import { playerWords } from './words.ts';

/**
 * Opens the sheet that names the keys, over the page. Loaded when it is first asked for.
 *
 * @param wear gives the player the sheet's styles
 */
export function openKeySheet(
  player: LitElement,
  wear: (styles: readonly CSSResult[]) => void,
): void {
  const frame = player.renderRoot.querySelector<HTMLElement>('.frame');
  if (!frame || !player.isConnected) return;
  wear([sheetStyles, keySheetStyles]);
  const place = sheetPlace(frame, 'keys-place');
  const names = wordsFor(frame, keyNames);
  const { keys } = wordsFor(frame, playerWords);
  render(sheetView(names, keys, wordsFor(frame, coreWords).close), place);
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

const keySheetStyles: CSSResult = css`
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

import { type CSSResult, css, html, type LitElement, svg, type TemplateResult } from 'lit';
import type { Listener } from '../../sdk/index.ts';
import { type Icon, icon } from '../shared/icon.ts';
import { wordsFor } from '../shared/words.ts';
import { sheetPlace } from './sheet-place.ts';
import { sheetStyles } from './sheet-styles.ts';
import { volumeWords } from './volume-words.ts';

/** The way to what this device's sound can be set to; the sheet itself is loaded when somebody opens it. */
export function settingsView(player: LitElement, listener: Listener): TemplateResult {
  return html`<button
    class="icon-button settings"
    part="settings"
    aria-label=${wordsFor(player, volumeWords).settings}
    aria-haspopup="dialog"
    @click=${() => open(player, listener)}
  >
    ${slidersIcon()}
  </button>`;
}

function open(player: LitElement, listener: Listener): void {
  import('./settings-sheet.ts').then(
    ({ openSettings }) => {
      const frame = player.renderRoot.querySelector<HTMLElement>('.frame');
      if (frame && player.isConnected) openSettings(sheetPlace(frame, 'settings-place'), listener);
    },
    () => {
      // No network for the code: it sounds as it did.
    },
  );
}

const slidersIcon: Icon = () =>
  icon(
    svg`<path d="M4 7.500h9m4.500 0H20M4 16.500h2.500m4.500 0H20"/><circle cx="15.250" cy="7.500" r="2.250"/><circle cx="8.750" cy="16.500" r="2.250"/>`,
  );

export const settingsStyles: CSSResult = css`
  ${sheetStyles}
  .settings {
    margin-block: -0.4em;
    margin-inline-end: calc(var(--_space) * -1);
  }
  .settings-body {
    display: grid;
    gap: calc(var(--_space) * 2.5);
    padding: calc(var(--_space) * 1.5) calc(var(--_space) * 2.5) calc(var(--_space) * 2.5);
  }
  .setting {
    display: grid;
    gap: calc(var(--_space) * 0.75);
  }
  .setting > label {
    font-weight: 500;
  }
  .setting .hint {
    color: var(--_quiet);
    font-size: var(--_size-2);
  }
  .setting .named {
    color: var(--_quiet);
  }
  .setting .wrong {
    padding: var(--_space) calc(var(--_space) * 1.5);
    border-radius: var(--_radius-small);
    background: var(--_danger-soft);
  }
  .setting select,
  .stepper input {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: max(2.25em, 44px);
    padding: 0.25em 0.6em;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    font: inherit;
    color: inherit;
  }
  .stepper {
    display: grid;
    grid-template-columns: auto 1fr auto;
    gap: var(--_space);
  }
  .stepper input {
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .stepper .button {
    min-inline-size: 2.75em;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
  }
  .setting progress {
    inline-size: 100%;
    accent-color: var(--_accent);
  }
  .check {
    display: flex;
    align-items: center;
    gap: var(--_space);
    min-block-size: 44px;
    cursor: pointer;
  }
  .check input {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    margin: 0;
    accent-color: var(--_accent);
  }
`;

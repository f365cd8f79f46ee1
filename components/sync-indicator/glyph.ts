import { html, svg, type TemplateResult } from 'lit';
import type { SyncState } from '../../sdk/index.ts';

/** Shape, not colour, tells the state: solid, a turning arc, hollow, a broken ring. */
const shapes: Readonly<Record<SyncState, TemplateResult>> = {
  SYNCED: svg`<circle cx="8" cy="8" r="5.5" fill="currentcolor" stroke="none"/>`,
  SYNCING: svg`<circle cx="8" cy="8" r="5.5" opacity=".25"/><path class="turning" d="M8 2.5A5.5 5.5 0 0 1 13.5 8"/>`,
  OFFLINE: svg`<circle cx="8" cy="8" r="5"/>`,
  ERROR: svg`<path d="M11.3 3.2A5.5 5.5 0 1 0 13.5 8"/><path d="M8 5v3.4m0 2.3v.1"/>`,
};

export function glyph(state: SyncState | undefined): TemplateResult {
  return html`<svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">
    ${shapes[state ?? 'SYNCING']}
  </svg>`;
}

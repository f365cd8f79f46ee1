import { type CSSResult, css } from 'lit';
import { segments } from '../shared/segments.ts';

/** The sheet of people: under the map, beside it where there is room. */
export const sheetStyles: CSSResult = css`
  ${segments}
  .sheet {
    position: relative;
    z-index: 2;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    margin-block-start: calc(-1 * var(--_radius));
    border-start-start-radius: var(--_radius);
    border-start-end-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: 0 -1px 0 var(--_line);
  }
  .stage {
    padding-block-end: var(--_radius);
  }
  .overlay {
    inset-block-end: var(--_radius);
  }
  .sheet-head {
    display: flex;
    align-items: center;
    gap: 0.5em;
    flex: none;
    min-block-size: 3.25em;
    padding: 0.4em 1em;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    text-align: start;
    font-weight: 500;
  }
  .sheet-head:focus-visible {
    outline-offset: -4px;
  }
  /* On one line: where there is no room for both, faces make way. */
  .sheet-title {
    flex: 1 0 auto;
    max-inline-size: calc(100% - 2em);
  }
  .sheet-chevron {
    color: var(--_quiet);
    rotate: -90deg;
    transition: rotate var(--_motion) var(--_ease);
  }
  .sheet.open .sheet-chevron {
    rotate: 90deg;
  }
  .faces {
    display: flex;
    flex: 0 1 auto;
    flex-wrap: wrap;
    row-gap: 6px;
    block-size: calc(1.65em + 4px);
    min-inline-size: 0;
    padding: 2px;
    overflow: hidden;
  }
  .faces:empty {
    display: none;
  }
  .faces .face {
    --_face: 2.5em;
    font-size: 0.66em;
    box-shadow: 0 0 0 2px var(--_surface);
  }
  .faces .face + .face {
    margin-inline-start: -0.15em;
  }
  .sheet-body {
    display: none;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding: 0 0.5em 0.5em;
  }
  .sheet.open {
    max-block-size: 62%;
  }
  .sheet.open .sheet-body {
    display: block;
  }
  .choosing .share {
    flex: 0 1 auto;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  /* Whoever chooses how to share needs the room of the list. */
  .sheet.open.choosing .sheet-body {
    display: none;
  }
  .empty {
    padding: 0 0.5em 0.5em;
    color: var(--_quiet);
    font-size: var(--_size-2);
  }
  .person {
    display: flex;
    align-items: center;
    gap: 0.75em;
    inline-size: 100%;
    min-block-size: 3.25em;
    padding: 0.35em 0.5em;
    border: 0;
    border-radius: var(--_radius-small);
    background: none;
    text-align: start;
    content-visibility: auto;
    contain-intrinsic-block-size: 3.25em;
  }
  button.person:hover {
    background: var(--_hover);
  }
  .person[aria-current='true'] {
    background: var(--_accent-soft);
  }
  .person .face {
    font-size: 0.86em;
  }
  .person:is(.stale, .paused, .lost, .off) .face {
    filter: saturate(0.4) opacity(0.75);
  }
  .person-text {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    font-weight: 500;
  }
  .person i {
    font-style: normal;
    font-weight: 400;
    color: var(--_quiet);
  }
  .person-state {
    display: flex;
    align-items: baseline;
    gap: 0.4em;
    color: var(--_quiet);
    font-size: var(--_size-2);
    font-weight: 400;
  }
  .dot {
    flex: none;
    inline-size: 0.55em;
    block-size: 0.55em;
    border: 1.5px solid currentcolor;
    border-radius: 50%;
  }
  .paused .dot {
    border-inline-width: 3px;
    border-block-color: transparent;
    border-radius: 0;
  }
  .live .dot {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  .away {
    display: flex;
    align-items: center;
    gap: 0.4em;
    color: var(--_quiet);
    font-size: var(--_size-2);
    white-space: nowrap;
  }
  .compass .icon {
    inline-size: 0.95em;
    block-size: 0.95em;
  }

  .share {
    display: grid;
    flex: none;
    gap: 0.5em;
    padding: 0.65em 1em 0.75em;
    border-block-start: 1px solid var(--_line);
  }
  .share-row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6em;
  }
  .share-row .button {
    flex: 1;
  }
  .trouble,
  .hint {
    display: flex;
    gap: 0.5em;
    font-size: var(--_size-2);
    text-wrap: pretty;
  }
  .trouble {
    color: var(--_danger);
  }
  .hint {
    color: var(--_quiet);
  }
  .more {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    justify-self: start;
    padding: 0.3em 0;
    text-align: start;
    border: 0;
    background: none;
    color: var(--_quiet);
    font-size: var(--_size-2);
    font-weight: 500;
  }
  .more:hover {
    color: var(--_text);
  }
  .more .icon {
    inline-size: 0.9em;
    block-size: 0.9em;
    rotate: 90deg;
  }
  .more[aria-expanded='true'] .icon {
    rotate: -90deg;
  }
  .segments {
    padding: 2px;
    font-size: var(--_size-2);
  }
  .segments label {
    flex: initial;
  }
  .segments span {
    padding: 0.35em 0.8em;
    font-size: inherit;
    white-space: nowrap;
  }

  /* Folded, the sheet keeps only what the person may want at once. */
  @container (max-width: 43.99em) {
    .sheet:not(.open) :is(.segments, .more, .share-options, .share.settled) {
      display: none;
    }
    .sheet:not(.open) .share {
      padding-block-start: 0;
      border: 0;
    }
  }
  @container (min-width: 44em) {
    .frame {
      flex-direction: row-reverse;
    }
    .sheet,
    .sheet.open {
      inline-size: 19em;
      max-block-size: none;
      margin: 0;
      border-radius: 0;
      box-shadow: 1px 0 0 var(--_line);
    }
    .stage {
      padding: 0;
    }
    .overlay {
      inset-block-end: 0;
    }
    .sheet-head {
      pointer-events: none;
    }
    .sheet-chevron,
    .faces {
      display: none;
    }
    .sheet-body,
    .sheet.open.choosing .sheet-body {
      display: block;
      flex: 1;
      min-block-size: 4em;
    }
    .choosing .share {
      flex: none;
      max-block-size: 75%;
    }
  }
`;

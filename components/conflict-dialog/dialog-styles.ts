import { type CSSResult, css } from 'lit';

/** The badge, the dialog and the way back. */
export const dialogStyles: CSSResult = css`
  :host {
    display: inline-block;
    max-inline-size: 100%;
    vertical-align: middle;
  }
  .frame {
    overflow: visible;
    border: 0;
    background: none;
  }
  .badge {
    gap: 0.55em;
    padding-inline: 0.5em 0.9em;
    border-color: var(--_line);
    border-radius: 2em;
    background: var(--_surface);
    color: var(--_text);
    font-size: var(--_size-2);
  }
  .count {
    min-inline-size: 1.6em;
    padding-inline: 0.4em;
    border-radius: 1em;
    background: var(--_danger);
    color: var(--_surface);
    font-weight: 600;
    line-height: 1.6em;
    text-align: center;
  }

  dialog {
    inline-size: min(31em, calc(100vw - 2em));
    max-block-size: calc(100dvh - 2em);
    padding: 0;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    container-type: inline-size;
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
    animation: rise var(--_motion) var(--_ease);
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 0.5em;
    }
  }
  .body {
    display: grid;
    gap: 1em;
    min-block-size: 0;
    padding: 1.25em 1.25em 0.5em;
    overflow: auto;
    overscroll-behavior: contain;
  }
  dialog::backdrop {
    background: #0006;
  }
  h2 {
    font-size: var(--_size-5);
    font-weight: 600;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  .intro {
    margin-block-start: 0.25em;
    color: var(--_quiet);
    font-size: var(--_size-2);
    text-wrap: pretty;
  }
  .some {
    padding: 0.5em 0.8em;
    border-radius: var(--_radius-small);
    background: var(--_raised);
    font-size: var(--_size-2);
  }

  .cards {
    display: grid;
    gap: 0.75em;
  }
  @container (min-inline-size: 25em) {
    .cards {
      grid-template-columns: 1fr 1fr;
    }
  }
  .card {
    display: grid;
    grid-template-rows: auto 1fr auto;
    gap: 0.6em;
    min-inline-size: 0;
    padding: 0.85em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-small);
  }
  .card header {
    display: flex;
    align-items: center;
    gap: 0.6em;
  }
  .whose {
    display: grid;
    min-inline-size: 0;
    font-weight: 600;
    line-height: 1.3;
  }
  .where {
    color: var(--_quiet);
    font-size: var(--_size-1);
    font-weight: 400;
  }
  .fields {
    display: grid;
    align-content: start;
    gap: 0.15em;
    margin-inline: -0.4em;
  }
  .choice {
    display: grid;
    grid-template-columns: auto 1fr;
    column-gap: 0.6em;
    padding: 0.4em;
    border-radius: var(--_radius-small);
    cursor: pointer;
  }
  .choice:has(:checked) {
    background: var(--_accent-soft);
  }
  .choice input {
    grid-row: span 2;
    inline-size: 1.15em;
    block-size: 1.15em;
    margin-block-start: 0.15em;
    accent-color: var(--_accent);
  }
  .label {
    color: var(--_quiet);
    font-size: var(--_size-1);
  }
  .value {
    grid-column: 2;
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  mark {
    background: none;
    color: inherit;
    text-decoration: underline 2px var(--_accent);
    text-underline-offset: 0.2em;
  }

  .all {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em;
    font-size: var(--_size-2);
  }
  .all span {
    flex: 1 1 8em;
    font-weight: 500;
  }
  .list {
    display: grid;
    gap: 0.5em;
  }
  .list .card {
    display: block;
    padding: 0.5em 0.85em;
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  @container (min-inline-size: 25em) {
    fieldset {
      display: grid;
      grid-template-columns: 1fr 1fr;
    }
  }
  legend {
    padding: 0;
    font-size: var(--_size-2);
    font-weight: 600;
  }

  .result {
    display: grid;
    gap: 0.5em;
    padding: 0.85em;
    border-radius: var(--_radius-small);
    background: var(--_raised);
  }
  h3 {
    color: var(--_quiet);
    font-size: var(--_size-1);
    font-weight: 500;
  }
  .preview {
    display: flex;
    align-items: center;
    gap: 0.75em;
  }
  .lines {
    display: grid;
    flex: 1;
    gap: 0.3em;
    min-inline-size: 0;
    font-weight: 500;
  }
  .rest {
    color: var(--_quiet);
    font-size: var(--_size-2);
    font-weight: 400;
  }
  /* Outside of what scrolls: the focus starts here, and the title must not scroll away for it. */
  .buttons {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    justify-content: end;
    gap: 0.5em;
    padding: 0.75em 1.25em 1.25em;
  }
  @container (max-inline-size: 25em) {
    .buttons .button,
    .all .button {
      flex: 1 1 auto;
    }
    .all span {
      flex-basis: 100%;
    }
  }

  .toast {
    position: fixed;
    inset: auto 0 max(1em, env(safe-area-inset-bottom));
    inline-size: fit-content;
    max-inline-size: calc(100vw - 2em);
    margin: 0 auto;
    padding: 0.4em 0.5em 0.4em 1.1em;
    border: 0;
    border-radius: var(--_radius);
    background: var(--_text);
    color: var(--_surface);
    box-shadow: var(--_shadow);
  }
  .toast:popover-open {
    display: flex;
    align-items: center;
    gap: 0.75em;
  }
  .toast .button {
    border-color: color-mix(in oklab, currentcolor 35%, transparent);
  }
  .toast .button:hover {
    background: color-mix(in oklab, currentcolor 14%, transparent);
  }
  .toast :focus-visible {
    outline-color: currentcolor;
    box-shadow: none;
  }
  @media (forced-colors: active) {
    .toast {
      border: 1px solid;
      background: Canvas;
      color: CanvasText;
    }
    mark {
      text-decoration-color: Highlight;
    }
  }
`;

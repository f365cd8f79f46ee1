import { type CSSResult, css } from 'lit';

/** Buttons, the same in every element. */
export const buttons: CSSResult = css`
  button,
  input,
  select {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
    margin: 0;
  }
  button {
    touch-action: manipulation;
    cursor: pointer;
    user-select: none;
  }
  button:disabled {
    cursor: default;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-block-size: 2.25em;
    padding: 0.25em 0.9em;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-small);
    background: transparent;
    font-weight: 500;
    white-space: nowrap;
    transition:
      background var(--_motion) var(--_ease),
      scale var(--_motion) var(--_ease);
  }
  .button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .button.danger {
    color: var(--_danger);
  }
  .button.quiet {
    border-color: transparent;
  }

  .icon-button {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 2.25em;
    block-size: 2.25em;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: transparent;
    color: var(--_quiet);
    transition:
      background var(--_motion) var(--_ease),
      color var(--_motion) var(--_ease),
      scale var(--_motion) var(--_ease);
  }
  .icon-button[aria-pressed='true'] {
    color: var(--_accent);
  }
  .button:active:not(:disabled),
  .icon-button:active:not(:disabled) {
    scale: 0.96;
  }
  .button:disabled,
  .icon-button:disabled {
    opacity: 0.4;
  }
  @media (hover: hover) {
    .button:hover:not(:disabled) {
      background: var(--_hover);
    }
    .button.primary:hover:not(:disabled) {
      background: color-mix(in oklab, var(--_accent) 90%, var(--_text));
    }
    .icon-button:hover:not(:disabled) {
      background: var(--_hover);
      color: var(--_text);
    }
    .icon-button[aria-pressed='true']:hover:not(:disabled) {
      color: var(--_accent);
    }
  }
  /* A finger needs 44 px whatever the page's font size is. */
  @media (pointer: coarse) {
    .button {
      min-block-size: max(2.25em, 44px);
    }
    .icon-button {
      inline-size: max(2.25em, 44px);
      block-size: max(2.25em, 44px);
    }
  }

  @media (forced-colors: active) {
    .icon-button[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;

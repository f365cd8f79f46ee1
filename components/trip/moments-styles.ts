import { type CSSResult, css } from 'lit';

/** The list of what happened on the way. */
export const momentsStyles: CSSResult = css`
  .moments {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
  }
  .moments h3,
  .moments > .quiet {
    padding-block: 0.6em 0.3em;
    padding-inline: 1em;
  }
  .moments ol {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    padding: 0 0.4em 0.4em;
  }
  .moment {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: start;
    gap: 0.6em;
    inline-size: 100%;
    min-block-size: 2.5em;
    padding: 0.45em 0.6em;
    border: 0;
    border-radius: var(--_radius-small);
    background: none;
    text-align: start;
  }
  .moment:focus-visible {
    outline-offset: -2px;
  }
  .moment[aria-current] {
    background: var(--_accent-soft);
  }
  .moment-icon {
    display: grid;
    place-items: center;
    inline-size: 1.6em;
    block-size: 1.6em;
    border-radius: 50%;
    background: var(--_raised);
    color: var(--_quiet);
  }
  .moment-icon .icon {
    inline-size: 1em;
    block-size: 1em;
  }
  .moment.like .moment-icon {
    color: var(--_danger);
  }
  .moment[aria-current] .moment-icon {
    background: var(--_surface);
  }
  .moment-text {
    display: grid;
    min-inline-size: 0;
    line-height: 1.35;
  }
  .moment .strong {
    font-weight: 500;
  }
  .moment .said {
    overflow-wrap: anywhere;
    font-size: var(--_size-2);
  }
  .moment time {
    color: var(--_quiet);
    font-size: var(--_size-1);
    line-height: 1.75;
  }
  @media (hover: hover) {
    .moment:not([aria-current]):hover {
      background: var(--_hover);
    }
  }
  @media (pointer: coarse) {
    .moment {
      min-block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .moment[aria-current] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;

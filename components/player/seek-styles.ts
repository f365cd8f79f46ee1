import { type CSSResult, css } from 'lit';

/** The waveform. Its layers are one drawing in four colours, each clipped to its share. */
export const seekStyles: CSSResult = css`
  .seek {
    grid-area: seek;
    min-inline-size: 0;
    /* A track runs from left to right in every language. */
    direction: ltr;
  }
  .bar {
    position: relative;
    block-size: 3em;
    border-radius: 0.3em;
    cursor: pointer;
    touch-action: none;
  }
  .bar[aria-disabled='true'] {
    cursor: default;
  }
  .bar:focus-visible {
    outline-offset: 0.3em;
  }
  .wave {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    overflow: visible;
    fill: none;
    stroke-width: 2.25;
    stroke-linecap: round;
    pointer-events: none;
  }
  .wave.rest {
    stroke: color-mix(in oklab, var(--_text) 17%, var(--_surface));
  }
  .wave.buffered {
    stroke: color-mix(in oklab, var(--_text) 32%, var(--_surface));
    clip-path: inset(-2px calc(100% - var(--_buffered, 0%)) -2px -2px);
  }
  .wave.hover {
    stroke: color-mix(in oklab, var(--_accent) 45%, var(--_surface));
    clip-path: inset(-2px calc(100% - var(--_hover, 0%)) -2px -2px);
    opacity: 0;
    transition: opacity var(--_motion) var(--_ease);
  }
  .wave.played {
    stroke: var(--_accent);
    clip-path: inset(-2px calc(100% - var(--_played, 0%)) -2px -2px);
  }
  .head {
    position: absolute;
    inset-block: 0;
    inline-size: 2px;
    border-radius: 1px;
    translate: -1px 0;
    pointer-events: none;
    left: var(--_played, 0%);
    background: var(--_accent);
    opacity: 0;
    transition: opacity var(--_motion) var(--_ease);
  }
  .bar:focus-visible .head {
    opacity: 1;
  }
  @media (hover: hover) {
    .bar:not([aria-disabled='true']):hover .wave.hover,
    .bar:not([aria-disabled='true']):hover .head {
      opacity: 1;
    }
    .bar[data-at]:not([aria-disabled='true']):hover::after {
      content: attr(data-at);
      position: absolute;
      inset-block-end: calc(100% + 0.2em);
      left: clamp(1.5em, var(--_hover, 0%), 100% - 1.5em);
      translate: -50% 0;
      padding: 0.1em 0.5em;
      border-radius: 0.5em;
      background: var(--_text);
      color: var(--_surface);
      font-size: var(--_size-1);
      font-variant-numeric: tabular-nums;
      pointer-events: none;
    }
  }
  .times {
    display: flex;
    justify-content: space-between;
    margin-block-start: 0.15em;
    color: var(--_quiet);
    font-size: var(--_size-1);
    line-height: 1.5;
  }
  .bar.flat {
    block-size: 0.5em;
    margin-block: 1.25em;
  }
  @media (forced-colors: active) {
    .wave.rest {
      stroke: GrayText;
    }
    .wave.played {
      stroke: Highlight;
    }
    .head {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;

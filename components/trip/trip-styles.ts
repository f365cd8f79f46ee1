import { type CSSResult, css } from 'lit';

/** Where the pieces of a trip stand, whom to follow, and the row of buttons. */
export const tripStyles: CSSResult = css`
  .frame.trip {
    display: grid;
    grid-template:
      'top' auto
      'stage' minmax(12em, 1fr)
      'panel' auto
      'side' minmax(4.5em, 12.5em)
      / minmax(0, 1fr);
  }
  .frame.trip.bare {
    grid-template: 'top' auto 'side' minmax(0, 1fr) / minmax(0, 1fr);
  }
  .trip .top {
    grid-area: top;
    display: flex;
    align-items: center;
    gap: 0.75em;
    padding: 0.6em 0.6em 0.6em 1em;
    border-block-end: 1px solid var(--_line);
  }
  .name {
    flex: 1;
    min-inline-size: 0;
  }
  .trip h2 {
    font-weight: 500;
    line-height: 1.3;
  }
  .trip h3 {
    font-size: var(--_size-2);
    font-weight: 600;
  }
  .quiet {
    color: var(--_quiet);
    font-size: var(--_size-2);
  }
  .share {
    position: relative;
  }
  .share[aria-expanded='true'] {
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  .badge {
    position: absolute;
    inset: -0.1em -0.1em auto auto;
    min-inline-size: 1.5em;
    border-radius: 1em;
    background: var(--_danger);
    color: var(--_surface);
    font-size: 0.7em;
    font-weight: 600;
    line-height: 1.5em;
    text-align: center;
  }
  .trip .stage {
    grid-area: stage;
    min-block-size: 0;
  }
  .panel {
    grid-area: panel;
    padding: 0.35em 0.9em 0.5em;
    border-block-start: 1px solid var(--_line);
  }
  .side {
    grid-area: side;
    position: relative;
    min-block-size: 0;
    overflow: auto;
    overscroll-behavior: contain;
    border-block-start: 1px solid var(--_line);
  }
  .bare .side {
    border: 0;
  }
  .bare .notice {
    align-self: center;
  }
  @container (inline-size >= 46em) {
    .frame.trip:not(.bare) {
      grid-template:
        'top top' auto
        'stage side' minmax(0, 1fr)
        'panel panel' auto
        / minmax(0, 1fr) minmax(17em, 21em);
    }
    .side {
      border-block-start: 0;
      border-inline-start: 1px solid var(--_line);
    }
    .bare .side {
      border: 0;
    }
  }

  .overlay .said {
    min-inline-size: 0;
  }
  .whom {
    display: flex;
    gap: 0.15em;
    max-inline-size: 100%;
    padding: 3px;
    overflow-x: auto;
    scrollbar-width: none;
    border-radius: 2em;
    background: var(--_glass);
    box-shadow: var(--_shadow);
    pointer-events: auto;
  }
  .who {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 0.4em;
    min-block-size: 2em;
    padding: 0.15em 0.75em 0.15em 0.2em;
    border: 0;
    border-radius: 2em;
    background: none;
    color: var(--_text);
    font-size: var(--_size-2);
    font-weight: 500;
  }
  .who.everybody {
    padding-inline: 0.6em;
  }
  .who .face {
    --_face: 1.75em;
    font-size: 0.85em;
  }
  .who[aria-pressed='true'] {
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  .who:focus-visible {
    outline-offset: -2px;
  }

  .controls {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0.75em;
  }
  .transport {
    display: flex;
    align-items: center;
    gap: 0.15em;
    /* Earlier is on the left, as on the time line. */
    direction: ltr;
  }
  .play {
    display: grid;
    place-items: center;
    inline-size: 2.75em;
    block-size: 2.75em;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
    transition: scale var(--_motion) var(--_ease);
  }
  .play:active {
    scale: 0.95;
  }
  .now {
    min-inline-size: 0;
    line-height: 1.3;
  }
  .clock {
    display: block;
    font-size: var(--_size-4);
    font-weight: 600;
  }
  .playing {
    display: flex;
    align-items: center;
    gap: 0.3em;
    min-block-size: 1.3em;
    color: var(--_quiet);
    font-size: var(--_size-2);
  }
  .playing .icon {
    inline-size: 1.1em;
    block-size: 1.1em;
  }
  .playing i {
    font-style: normal;
  }
  .pace select {
    min-block-size: 2.25em;
    padding-inline: 0.5em;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    font-weight: 500;
  }
  @media (pointer: coarse) {
    .play {
      inline-size: max(2.75em, 44px);
      block-size: max(2.75em, 44px);
    }
    .pace select,
    .who {
      min-block-size: 44px;
    }
    .who.everybody {
      min-inline-size: 44px;
    }
  }
  @container (inline-size < 24em) {
    .controls {
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 0.3em 0.5em;
    }
    .now {
      display: flex;
      grid-area: 2 / 1 / 3 / -1;
      align-items: baseline;
      gap: 0.75em;
    }
    .clock {
      flex: none;
      font-size: inherit;
    }
    .playing {
      min-inline-size: 0;
    }
  }
  @media (forced-colors: active) {
    .play,
    .who[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .whom {
      border: 1px solid CanvasText;
      background: Canvas;
      color: CanvasText;
    }
  }
`;

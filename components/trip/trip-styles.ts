import { type CSSResult, css } from 'lit';

/** Where the pieces of a trip stand, its ways, and the row of buttons. */
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

  .trip .face {
    background: oklch(0.52 0.13 var(--_own, var(--_hue)));
  }
  .ways {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    overflow: hidden;
    pointer-events: none;
  }
  .way {
    --_way: light-dark(oklch(0.56 0.17 var(--_own)), oklch(0.76 0.14 var(--_own)));
    transition: opacity var(--_motion) var(--_ease);
  }
  .way.aside {
    opacity: 0.3;
  }
  .ways path {
    fill: none;
    vector-effect: non-scaling-stroke;
    stroke: var(--_way);
    stroke-width: 4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .ways .whole {
    stroke-opacity: 0.35;
  }
  .ways .unseen {
    stroke-width: 2.5;
    stroke-dasharray: 2 7;
    stroke-opacity: 0.8;
  }
  .ways .edge {
    stroke: light-dark(#fff, #0c0f11);
    stroke-width: 7;
  }
  .ways circle {
    fill: var(--_way);
    fill-opacity: 0.14;
    stroke: var(--_way);
    stroke-opacity: 0.3;
    vector-effect: non-scaling-stroke;
  }
  .pins {
    position: absolute;
    inset: 0;
    overflow: hidden;
    pointer-events: none;
    isolation: isolate;
  }
  .pin {
    position: absolute;
    inset: -11px auto auto -11px;
    display: none;
    place-items: center;
    inline-size: 22px;
    block-size: 22px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_glass);
    color: var(--_quiet);
    box-shadow: 0 1px 4px #0005;
    font-size: 10px;
    pointer-events: auto;
  }
  .pin.placed {
    display: grid;
  }
  .pin.now {
    z-index: 1;
    background: var(--_text);
    color: var(--_surface);
  }
  .marker > .saying {
    inset: auto auto 26px 0;
    translate: -50% 0;
    inline-size: max-content;
    max-inline-size: 15em;
    padding: 0.3em 0.7em;
    border-radius: 1em;
    background: var(--_text);
    color: var(--_surface);
    font-size: 12px;
    line-height: 1.35;
    overflow-wrap: anywhere;
    animation: arrive 180ms var(--_ease);
  }
  .marker > .saying.like {
    padding: 0.35em;
    background: var(--_glass);
    color: var(--_danger);
    box-shadow: 0 1px 4px #0004;
    font-size: 13px;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      scale: 0.9;
    }
  }
  .marker.coarse .tag {
    opacity: 0.85;
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
      gap: 0.4em;
    }
    .transport .icon-button {
      inline-size: 2em;
    }
  }
  @media (forced-colors: active) {
    .ways path {
      stroke: CanvasText;
    }
    .ways .edge {
      stroke: Canvas;
    }
    .ways circle {
      fill: none;
      stroke: CanvasText;
      stroke-opacity: 1;
    }
    .play,
    .who[aria-pressed='true'],
    .pin.now {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .whom,
    .marker > .saying,
    .pin {
      border: 1px solid CanvasText;
      background: Canvas;
      color: CanvasText;
    }
  }
`;

import { type CSSResult, css } from 'lit';

/** The ground and what lies over it. */
export const mapStyles: CSSResult = css`
  .frame {
    --_land: light-dark(#f0f1ef, #171b1f);
    --_glass: light-dark(
      color-mix(in oklab, var(--_surface) 94%, transparent),
      color-mix(in oklab, var(--_text) 9%, var(--_surface))
    );
  }
  .stage {
    position: relative;
    overflow: hidden;
    background: var(--_land);
    isolation: isolate;
  }
  .grounds {
    position: absolute;
    inset: 0;
    /* Read by the ground: which of our street styles fits. */
    color: light-dark(#000, #fff);
  }
  .grounds:focus-visible {
    outline-offset: -4px;
    border-radius: inherit;
  }
  .plain-ground,
  .street-ground {
    position: absolute;
    inset: 0;
    overflow: hidden;
  }
  .plain-ground {
    --_grid: light-dark(#dfe2df, #262c31);
    background:
      linear-gradient(var(--_grid) 1px, transparent 1px),
      linear-gradient(90deg, var(--_grid) 1px, transparent 1px);
    background-size: var(--cell, 64px) var(--cell, 64px);
    background-position:
      0 var(--grid-y, 0),
      var(--grid-x, 0) 0;
    cursor: grab;
    touch-action: none;
  }
  .plain-ground:active {
    cursor: grabbing;
  }
  .street-ground {
    visibility: hidden;
    opacity: 0;
    transition: opacity 180ms var(--_ease);
  }
  .grounds.streets .street-ground {
    visibility: visible;
    opacity: 1;
  }
  /* What MapLibre's own style sheet says of the parts we use. */
  .maplibregl-canvas {
    position: absolute;
    inset: 0;
  }
  .maplibregl-canvas-container {
    position: absolute;
    inset: 0;
    cursor: grab;
    touch-action: none;
    user-select: none;
  }
  .maplibregl-canvas-container:active {
    cursor: grabbing;
  }
  .maplibregl-control-container,
  .maplibregl-canary {
    display: none;
  }
  .maplibregl-canary {
    background-color: salmon;
  }

  .overlay {
    position: absolute;
    inset: 0;
    z-index: 1;
    display: grid;
    grid-template: auto 1fr auto / minmax(0, 1fr) auto;
    gap: 0.5em;
    padding: 0.75em;
    pointer-events: none;
  }
  .overlay button {
    pointer-events: auto;
  }
  .said {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    align-items: start;
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    min-block-size: 2.25em;
    padding: 0.2em 0.9em 0.2em 0.75em;
    border-radius: 2em;
    background: var(--_glass);
    box-shadow: var(--_shadow);
    font-size: var(--_size-2);
    font-weight: 500;
  }
  .pill .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
    color: var(--_quiet);
  }
  .pill.sharing {
    padding-inline-end: 0.25em;
  }
  .pulse {
    flex: none;
    inline-size: 0.6em;
    block-size: 0.6em;
    border-radius: 50%;
    background: var(--_accent);
    box-shadow: 0 0 0 3px color-mix(in oklab, var(--_accent) 25%, transparent);
  }
  .pill.resting .pulse {
    background: none;
    box-shadow: inset 0 0 0 2px var(--_quiet);
  }
  .pill-note {
    color: var(--_quiet);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  .pill-button {
    padding: 0.25em 0.8em;
    border: 0;
    border-radius: 2em;
    background: var(--_danger-soft);
    color: var(--_danger);
    font-weight: 600;
  }
  .tools {
    grid-area: 1 / 2 / 3 / 3;
    display: grid;
    align-content: start;
    justify-self: end;
    gap: 0.5em;
  }
  .tool-group {
    display: grid;
    border-radius: 1.2em;
    background: var(--_glass);
    box-shadow: var(--_shadow);
  }
  .scale {
    grid-area: 3 / 1 / 4 / -1;
    align-self: end;
    justify-self: start;
    border: solid light-dark(#3c4449, #aab4ba);
    border-width: 0 1.5px 1.5px;
    padding-inline: 0.4em;
    color: light-dark(#3c4449, #c4cdd3);
    font-size: 11px;
    line-height: 1.3;
    text-shadow: 0 0 3px var(--_land);
    white-space: nowrap;
  }
  .attribution {
    grid-area: 3 / 1 / 4 / -1;
    align-self: end;
    justify-self: end;
    padding: 0 0.5em;
    border-radius: 1em;
    background: var(--_glass);
    color: var(--_quiet);
    font-size: 10.5px;
    line-height: 1.7;
  }
  @media (pointer: coarse) {
    .pill-button {
      min-block-size: 36px;
    }
  }
  @media (forced-colors: active) {
    .pill,
    .tool-group,
    .tag,
    .attribution {
      background: Canvas;
      border: 1px solid CanvasText;
    }
  }
`;

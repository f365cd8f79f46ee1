import { type CSSResult, css } from 'lit';

/** People on the map: avatar, heading wedge, accuracy halo, name and age. Pixels, as the map's own distances are. */
export const markerStyles: CSSResult = css`
  .markers {
    position: absolute;
    inset: 0;
    overflow: hidden;
    pointer-events: none;
    /* Markers are stacked among themselves, never over a button. */
    isolation: isolate;
  }
  .marker {
    position: absolute;
    inset: 0 auto auto 0;
    inline-size: 0;
    block-size: 0;
    visibility: hidden;
    /* Each a layer of its own: who moves is put elsewhere, and nobody is drawn anew. */
    will-change: translate;
    --_face: 36px;
    font-size: 13px;
  }
  .marker.deep {
    display: none;
  }
  .marker.placed {
    visibility: visible;
  }
  .marker > * {
    position: absolute;
    inset: 0 auto auto 0;
    translate: -50% -50%;
  }
  .avatar {
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    pointer-events: auto;
    box-shadow:
      0 0 0 2.5px light-dark(#fff, #0c0f11),
      0 2px 8px #0006;
    transition:
      scale var(--_motion) var(--_ease),
      filter var(--_motion);
  }
  .marker.me .avatar {
    box-shadow:
      0 0 0 2.5px light-dark(#fff, #0c0f11),
      0 0 0 5px var(--_accent),
      0 2px 8px #0006;
  }
  .marker.selected .avatar {
    scale: 1.15;
  }
  .marker .face {
    block-size: 36px;
  }
  .wedge {
    display: none;
    rotate: var(--turn);
    color: light-dark(#15191c, #f0f3f4);
  }
  .has-heading .wedge {
    display: grid;
  }
  .wedge .icon {
    inline-size: 15px;
    block-size: 15px;
    translate: 0 -30px;
    stroke: light-dark(#fff, #0c0f11);
    stroke-width: 3;
    paint-order: stroke;
  }
  .me .wedge {
    color: var(--_accent);
  }
  .halo {
    display: none;
    inline-size: var(--halo);
    block-size: var(--halo);
    border-radius: 50%;
    background: color-mix(in oklab, var(--_text) 5%, transparent);
    border: 1px solid color-mix(in oklab, var(--_text) 22%, transparent);
  }
  .has-halo .halo {
    display: block;
  }
  .marker > .tag {
    /* The name makes way for a wedge that points down. */
    translate: -50% calc(23px + max(0px, -15px * cos(var(--turn, 0deg))));
    display: flex;
    gap: 0.45em;
    padding: 0 0.5em;
    border-radius: 1em;
    background: var(--_glass);
    color: var(--_text);
    font-size: 11px;
    font-weight: 500;
    line-height: 1.6;
    white-space: nowrap;
    box-shadow: 0 1px 3px #0003;
  }
  .tag .icon {
    inline-size: 1.05em;
    block-size: 1.05em;
    margin-inline-end: 0.2em;
    stroke-width: 2.6;
  }
  .tag b {
    display: inline-flex;
    align-items: center;
    font-weight: 500;
    color: var(--_quiet);
    font-variant-numeric: tabular-nums;
  }
  .marker:is(.stale, .paused) .avatar {
    filter: saturate(0.45) opacity(0.72);
  }
  .marker.lost .avatar {
    filter: saturate(0) opacity(0.55);
  }
  .marker:is(.stale, .paused, .lost) .wedge,
  .marker.under :is(.wedge, .tag) {
    display: none;
  }
  .count {
    position: absolute;
    inset: -7px -9px auto auto;
    min-inline-size: 18px;
    padding: 0 4px;
    border-radius: 9px;
    background: var(--_text);
    color: var(--_surface);
    font-size: 11px;
    font-weight: 600;
    line-height: 18px;
    text-align: center;
  }
  .count:empty {
    display: none;
  }
`;

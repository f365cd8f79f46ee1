import { type CSSResult, css } from 'lit';

/** What lies on the ground of a trip: ways, where songs began, and what was said beside a marker. */
export const wayStyles: CSSResult = css`
  .trip .face {
    background: oklch(0.52 0.13 var(--_own, var(--_hue)));
  }
  /* Larger than the stage, and a layer of its own: who is followed slides it, and draws it anew at its edge. */
  .ways {
    position: absolute;
    inset: -25%;
    inline-size: 150%;
    block-size: 150%;
    overflow: hidden;
    pointer-events: none;
    will-change: translate;
  }
  .way,
  .tip {
    --_way: light-dark(oklch(0.56 0.17 var(--_own)), oklch(0.76 0.14 var(--_own)));
    transition: opacity var(--_motion) var(--_ease);
  }
  :is(.way, .tip).aside {
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
  .pin[data-now] {
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
    .pin[data-now] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .marker > .saying,
    .pin {
      border: 1px solid CanvasText;
      background: Canvas;
      color: CanvasText;
    }
  }
`;

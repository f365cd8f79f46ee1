import { type CSSResult, css } from 'lit';

/** The pill and its panel. */
export const indicatorStyles: CSSResult = css`
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
  #pill {
    display: flex;
    align-items: center;
    gap: 0.5em;
    max-inline-size: 100%;
    min-block-size: 2.25em;
    padding: 0.2em 0.85em 0.2em 0.7em;
    border: 1px solid var(--_line);
    border-radius: 2em;
    background: var(--_surface);
    color: var(--_text);
    font-size: var(--_size-2);
    white-space: nowrap;
    transition: background var(--_motion) var(--_ease);
  }
  #pill:hover:not(:disabled) {
    background: color-mix(in oklab, var(--_text) 6%, var(--_surface));
  }
  .word {
    font-weight: 500;
  }
  .figure {
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--_quiet);
  }
  .glyph {
    flex: none;
    inline-size: 1em;
    block-size: 1em;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
    color: var(--_quiet);
  }
  .synced .glyph {
    color: var(--_accent);
  }
  .syncing .glyph {
    color: var(--_accent);
  }
  .error .glyph,
  .reason {
    color: var(--_danger);
  }
  .turning {
    transform-origin: 8px 8px;
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 360deg;
    }
  }
  .badge {
    min-inline-size: 1.5em;
    padding-inline: 0.4em;
    border-radius: 1em;
    background: var(--_danger);
    color: var(--_surface);
    font-size: 0.86em;
    font-weight: 600;
    line-height: 1.5em;
    text-align: center;
  }

  #panel {
    position: fixed;
    inset: auto;
    inline-size: min(20em, calc(100vw - 16px));
    max-block-size: calc(100vh - 16px);
    margin: 0;
    padding: 1em;
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  #panel:popover-open {
    display: grid;
    gap: 0.85em;
  }
  dl {
    display: grid;
    gap: 0.4em;
    margin: 0;
  }
  dl > div {
    display: flex;
    justify-content: space-between;
    gap: 1em;
  }
  dt {
    color: var(--_quiet);
  }
  dd {
    margin: 0;
    text-align: end;
  }
  .reason {
    font-weight: 500;
  }
  .note {
    color: var(--_quiet);
    font-size: var(--_size-2);
    text-wrap: pretty;
  }
  section {
    display: grid;
    gap: 0.5em;
    padding-block-start: 0.85em;
    border-block-start: 1px solid var(--_line);
  }
  h3 {
    font-weight: 500;
  }
  ul {
    display: grid;
    gap: 0.75em;
  }
  li > :first-child::first-letter {
    text-transform: uppercase;
  }
  li .button {
    margin-block-start: 0.3em;
    font-size: var(--_size-2);
  }
  p + .quiet {
    margin-inline-start: -0.9em;
  }
  @media (pointer: coarse) {
    #pill {
      min-block-size: 44px;
    }
  }
`;

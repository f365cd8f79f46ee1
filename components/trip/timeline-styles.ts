import { type CSSResult, css } from 'lit';

/** The slider: songs as a ribbon, likes and messages above it, a needle over both. */
export const timelineStyles: CSSResult = css`
  .timeline {
    /* A trip runs from left to right in every language. */
    direction: ltr;
  }
  .line {
    position: relative;
    display: grid;
    gap: 3px;
    padding-block: 0.35em;
    border-radius: 0.4em;
    cursor: pointer;
    touch-action: none;
    user-select: none;
  }
  .marks {
    position: relative;
    block-size: 0.9em;
  }
  .mark {
    position: absolute;
    inset-block-start: 50%;
    translate: -50% -50%;
  }
  .mark.message {
    inline-size: 0.5em;
    block-size: 0.5em;
    border-radius: 50%;
    background: var(--_quiet);
  }
  .mark.like {
    color: var(--_danger);
  }
  .mark .icon {
    inline-size: 0.85em;
    block-size: 0.85em;
  }
  .ribbon {
    position: relative;
    block-size: 1.75em;
    overflow: hidden;
    border-radius: 0.4em;
    background: var(--_raised);
  }
  .tune {
    position: absolute;
    inset-block: 0;
    overflow: hidden;
    border-inline-end: 2px solid var(--_surface);
    background: color-mix(in oklab, var(--_text) 11%, var(--_surface));
    color: var(--_quiet);
  }
  .tune b {
    display: block;
    padding-inline: 0.6em;
    overflow: hidden;
    text-overflow: ellipsis;
    font-size: var(--_size-1);
    font-weight: 500;
    line-height: 2.2;
    white-space: nowrap;
  }
  .tune.now {
    background: color-mix(in oklab, var(--_accent) 26%, var(--_surface));
    color: var(--_text);
  }
  .gone {
    position: absolute;
    inset: auto auto 0 0;
    inline-size: var(--_gone, 0%);
    block-size: 3px;
    background: var(--_accent);
  }
  .needle {
    position: absolute;
    inset-block: 0.15em;
    left: var(--_gone, 0%);
    inline-size: 3px;
    border-radius: 2px;
    translate: -1.5px 0;
    background: var(--_accent);
    box-shadow: 0 0 0 1.5px var(--_surface);
    pointer-events: none;
  }
  .needle::before {
    content: '';
    position: absolute;
    inset: -0.1em auto auto 50%;
    inline-size: 0.8em;
    block-size: 0.8em;
    border-radius: 50%;
    translate: -50% 0;
    background: var(--_accent);
    box-shadow: 0 0 0 1.5px var(--_surface);
  }
  .ends {
    display: flex;
    justify-content: space-between;
    color: var(--_quiet);
    font-size: var(--_size-1);
    line-height: 1.4;
  }
  @media (pointer: coarse) {
    .line {
      min-block-size: 44px;
      align-content: end;
    }
  }
  @media (forced-colors: active) {
    .tune {
      border-inline-end-color: CanvasText;
    }
    .ribbon {
      border: 1px solid CanvasText;
    }
    .gone,
    .needle,
    .needle::before,
    .mark.message {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;

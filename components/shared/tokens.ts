import { type CSSResult, css } from 'lit';

/**
 * Everything an element looks like starts from eight public values: `--jamz-accent`,
 * `--jamz-on-accent`, `--jamz-danger`, `--jamz-surface`, `--jamz-text`, `--jamz-radius`,
 * `--jamz-space`, `--jamz-font`. The private ones are derived here and nowhere else.
 *
 * They are set on `.frame`, the one wrapper each element renders: a page's own
 * `* { all: unset }` reaches the host but not into it.
 */
export const tokens: CSSResult = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  :host([hidden]) {
    display: none !important;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([theme='auto']) {
    color-scheme: light dark;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  .frame {
    --_accent: var(--jamz-accent, light-dark(#00756b, #45d6c2));
    --_on-accent: var(--jamz-on-accent, light-dark(#ffffff, #00211d));
    --_danger: var(--jamz-danger, light-dark(#b4231f, #ff938a));
    --_surface: var(--jamz-surface, light-dark(#ffffff, #16191c));
    --_text: var(--jamz-text, light-dark(#15191c, #f0f3f4));
    --_radius: var(--jamz-radius, 0.875em);
    --_space: var(--jamz-space, 0.5em);

    --_quiet: color-mix(in oklab, var(--_text) 68%, var(--_surface));
    --_faint: color-mix(in oklab, var(--_text) 45%, var(--_surface));
    --_line: color-mix(in oklab, var(--_text) 13%, var(--_surface));
    --_line-strong: color-mix(in oklab, var(--_text) 26%, var(--_surface));
    --_raised: color-mix(in oklab, var(--_text) 5%, var(--_surface));
    --_hover: color-mix(in oklab, var(--_text) 8%, transparent);
    --_accent-soft: color-mix(in oklab, var(--_accent) 13%, var(--_surface));
    --_danger-soft: color-mix(in oklab, var(--_danger) 11%, var(--_surface));
    --_shadow:
      0 1px 2px light-dark(#0b14190f, #0005), 0 8px 24px -8px light-dark(#0b14191f, #0008);
    --_radius-small: calc(var(--_radius) * 0.6);

    /* A scale of 1.125, in em of the host. */
    --_size-1: 0.79em;
    --_size-2: 0.889em;
    --_size-4: 1.125em;
    --_size-5: 1.266em;
    --_motion: 150ms;
    --_ease: cubic-bezier(0.2, 0, 0, 1);

    display: block;
    position: relative;
    overflow: clip;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    font-family: var(--jamz-font, inherit);
    font-weight: 400;
    line-height: 1.4;
    text-align: start;
    text-indent: 0;
    text-transform: none;
    white-space: normal;
    -webkit-tap-highlight-color: transparent;
  }

  p,
  h2,
  h3,
  ul,
  ol {
    margin: 0;
    padding: 0;
    font-size: inherit;
    font-weight: inherit;
  }
  ul,
  ol {
    list-style: none;
  }
  .tabular {
    font-variant-numeric: tabular-nums;
  }
  /* A Latin title in an Arabic page keeps its beginning, and stands where the others do. */
  .truncate,
  .title {
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .truncate {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-inline-size: 0;
  }
  .hidden-visually {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .icon {
    display: block;
    inline-size: 1.375em;
    block-size: 1.375em;
    flex: none;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon.solid {
    fill: currentcolor;
    stroke: none;
  }

  /* Two layers, so that it shows on any ground. */
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--_surface);
  }

  @media (prefers-contrast: more) {
    .frame {
      --_quiet: var(--_text);
      --_faint: color-mix(in oklab, var(--_text) 75%, var(--_surface));
      --_line: color-mix(in oklab, var(--_text) 60%, var(--_surface));
      --_line-strong: var(--_text);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 1ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 1ms !important;
      scroll-behavior: auto !important;
    }
  }
  @media (forced-colors: active) {
    .frame {
      --_accent: Highlight;
      --_on-accent: HighlightText;
      --_danger: CanvasText;
      --_surface: Canvas;
      --_text: CanvasText;
      --_quiet: CanvasText;
      --_faint: GrayText;
      --_line: CanvasText;
      --_line-strong: CanvasText;
    }
  }
`;

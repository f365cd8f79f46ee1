import { type CSSResult, css } from 'lit';

/**
 * Three layouts of one grid. Narrow containers stack it, wide ones lay it in a row, tiny
 * ones keep artwork, words and the button; `layout="card"` gives the artwork the width.
 */
export const playerStyles: CSSResult = css`
  .frame {
    --_accent: var(--jamz-accent, var(--_art, light-dark(#00756b, #45d6c2)));
    container-type: inline-size;
  }
  :host([layout='compact']) .frame {
    max-inline-size: 319px;
  }
  .player {
    display: grid;
    grid-template:
      'art about like' auto
      'seek seek seek' auto
      'controls controls controls' auto
      'foot foot foot' auto / auto 1fr auto;
    align-items: center;
    gap: calc(var(--_space) * 1.5);
    padding: calc(var(--_space) * 2);
  }
  .player:has(> slot) {
    display: block;
    padding: 0;
  }

  .art {
    grid-area: art;
    display: grid;
    place-items: center;
    inline-size: 4em;
    aspect-ratio: 1;
    overflow: clip;
    border-radius: var(--_radius-small);
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  .art img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .art .icon {
    inline-size: 38%;
    block-size: 38%;
    stroke-width: 1.4;
  }
  .about {
    grid-area: about;
    min-inline-size: 0;
  }
  .title {
    font-size: var(--_size-4);
    font-weight: 500;
    line-height: 1.25;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
    text-wrap: balance;
  }
  .artist {
    min-block-size: 1.4em;
    color: var(--_quiet);
  }
  .artist .chip {
    vertical-align: middle;
    margin-inline-end: 0.4em;
  }

  .like {
    grid-area: like;
    margin-inline-end: calc(var(--_space) * -0.75);
    display: inline-flex;
    align-items: center;
    gap: 0.3em;
    min-inline-size: 2.25em;
    min-block-size: 2.25em;
    justify-content: center;
    padding: 0 0.45em;
    border: 0;
    border-radius: 2em;
    background: transparent;
    color: var(--_quiet);
    transition:
      background var(--_motion) var(--_ease),
      color var(--_motion) var(--_ease);
  }
  .like span {
    font-size: var(--_size-2);
  }
  .like[aria-pressed='true'] {
    color: var(--_accent);
  }
  .like[aria-pressed='true'] .icon {
    animation: beat 180ms var(--_ease);
  }
  @keyframes beat {
    from {
      scale: 0.7;
    }
  }

  .controls {
    grid-area: controls;
    position: relative;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space);
  }
  .transport {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 0.75);
  }
  .transport .icon-button:not(.extra) {
    color: var(--_text);
  }
  .play {
    display: grid;
    place-items: center;
    inline-size: 3.25em;
    block-size: 3.25em;
    margin-inline: calc(var(--_space) * 0.5);
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
    transition: scale var(--_motion) var(--_ease);
  }
  .play:active:not(:disabled) {
    scale: 0.95;
  }
  .play:disabled {
    background: var(--_line);
    color: var(--_quiet);
  }
  .glyph {
    inline-size: 1.75em;
    block-size: 1.75em;
    fill: currentcolor;
    stroke: currentcolor;
    stroke-width: 1.5;
    stroke-linejoin: round;
  }
  .glyph path {
    transition: d 180ms var(--_ease);
  }
  .repeat {
    position: relative;
  }
  .one {
    position: absolute;
    inset: auto 0.15em 0.15em auto;
    min-inline-size: 1.3em;
    border-radius: 1em;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: 0.6em;
    font-weight: 600;
    line-height: 1.3;
  }

  .foot {
    grid-area: foot;
    display: flex;
    align-items: center;
    gap: var(--_space);
    min-inline-size: 0;
    min-block-size: 2.25em;
    margin: 0 calc(var(--_space) * -2) calc(var(--_space) * -2);
    padding: calc(var(--_space) * 0.75) calc(var(--_space) * 2);
    border-block-start: 1px solid var(--_line);
    color: var(--_quiet);
  }
  .foot:not(:has(> *)) {
    display: none;
  }
  .foot p {
    min-inline-size: 0;
    font-size: var(--_size-2);
  }
  .control {
    flex: 1 1 auto;
  }
  .queue {
    flex: 9 1 0;
    text-align: end;
    color: var(--_text);
  }
  .label {
    color: var(--_quiet);
  }
  .locked .icon {
    display: inline-block;
    inline-size: 1.1em;
    block-size: 1.1em;
    vertical-align: -0.15em;
  }
  .foot.call {
    border-block-start: 0;
    padding-block: 0 calc(var(--_space) * 2);
  }
  .listen {
    inline-size: min(100%, 24em);
    margin-inline: auto;
    min-block-size: 2.75em;
  }
  .help {
    display: none;
    margin-block: -0.4em;
    margin-inline-end: calc(var(--_space) * -1);
  }
  @media (hover: hover) and (pointer: fine) {
    .help {
      display: inline-grid;
    }
  }
  .plain {
    padding: calc(var(--_space) * 3);
    text-align: center;
  }

  .bone.line {
    display: inline-block;
    inline-size: 60%;
    block-size: 0.75em;
  }
  .bone.short {
    inline-size: 35%;
  }
  .bone.play {
    background: var(--_line);
  }
`;

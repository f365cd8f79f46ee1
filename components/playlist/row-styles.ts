import { type CSSResult, css } from 'lit';

/** One track of the list, at rest, current, under a finger, and while the list is edited. */
export const rowStyles: CSSResult = css`
  .row {
    position: absolute;
    inset: 0 calc(var(--_space) * 0.75) auto;
    display: flex;
    align-items: center;
    block-size: var(--_row);
    padding-inline-end: calc(var(--_space) * 0.5);
    border-radius: var(--_radius-small);
  }
  .scroller[data-carrying] .row:not([data-carried]) {
    transition: translate var(--_motion) var(--_ease);
  }
  .row[data-current] {
    background: var(--_accent-soft);
  }
  .row[data-carried] {
    z-index: 1;
    background: var(--_surface);
    box-shadow: var(--_shadow);
    outline: 1px solid var(--_line);
    cursor: grabbing;
  }

  .track {
    flex: 1;
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 1.25);
    min-inline-size: 0;
    block-size: 100%;
    padding: 0 calc(var(--_space) * 0.5) 0 calc(var(--_space) * 1.25);
    border: 0;
    border-radius: var(--_radius-small);
    background: transparent;
    text-align: start;
  }
  .track[aria-disabled='true'] {
    cursor: default;
  }
  .track:focus-visible {
    outline-offset: -2px;
    box-shadow: none;
  }
  .place {
    flex: none;
    min-inline-size: 1.9em;
    color: var(--_quiet);
    font-size: var(--_size-2);
    text-align: center;
  }
  .words {
    flex: 1;
    display: grid;
    min-inline-size: 0;
  }
  .title {
    line-height: 1.35;
  }
  .row[data-current] .title {
    color: var(--_accent);
    font-weight: 500;
  }
  .row[data-taken-down] .title {
    text-decoration: line-through;
  }
  .detail {
    color: var(--_quiet);
    font-size: var(--_size-2);
    line-height: 1.35;
  }
  .length {
    flex: none;
    color: var(--_quiet);
    font-size: var(--_size-2);
  }

  .like {
    flex: none;
    display: inline-flex;
    align-items: center;
    gap: 0.25em;
    inline-size: 3.25em;
    block-size: 2.25em;
    padding: 0 0 0 0.65em;
    border: 0;
    border-radius: 2em;
    background: transparent;
    color: var(--_quiet);
  }
  .like .icon {
    inline-size: 1.15em;
    block-size: 1.15em;
  }
  .like span {
    font-size: var(--_size-2);
  }
  .like[aria-pressed='true'] {
    color: var(--_accent);
  }
  .edit {
    display: none;
    inline-size: 2em;
    block-size: 2em;
  }
  .edit .icon {
    inline-size: 1.15em;
    block-size: 1.15em;
  }
  .handle {
    cursor: grab;
    touch-action: none;
  }
  .scroller[data-editing] .edit {
    display: inline-grid;
  }
  .scroller[data-editing] :is(.like, .length) {
    display: none;
  }
  .row:focus-within .edit {
    display: inline-grid;
  }
  .row:focus-within:not(:hover) .track:focus:not(:focus-visible) ~ .edit {
    display: none;
  }
  @media (hover: hover) {
    .row:not([data-current], [data-carried]):hover {
      background: var(--_hover);
    }
    .like:hover {
      background: var(--_hover);
      color: var(--_text);
    }
    .scroller:not([data-carrying]) .row:hover .edit {
      display: inline-grid;
    }
  }
  @media (hover: hover) and (pointer: fine) {
    .toggle-edit {
      display: none;
    }
  }
  @media (pointer: coarse) {
    .edit {
      inline-size: 44px;
      block-size: 44px;
    }
    .like {
      block-size: 44px;
    }
    .row:focus-within .edit {
      display: none;
    }
    .scroller[data-editing] .row .edit {
      display: inline-grid;
    }
  }

  .equaliser {
    display: inline-flex;
    align-items: end;
    gap: 2px;
    block-size: 0.9em;
  }
  .equaliser i {
    inline-size: 3px;
    block-size: 100%;
    border-radius: 1px;
    background: var(--_accent);
    transform-origin: bottom;
    scale: 1 0.3;
  }
  .equaliser[data-playing] i {
    animation: bounce 0.9s ease-in-out infinite alternate;
  }
  .equaliser i:nth-child(2) {
    scale: 1 0.75;
    animation-delay: -0.5s !important;
  }
  .equaliser i:nth-child(3) {
    scale: 1 0.5;
    animation-delay: -0.2s !important;
  }
  @keyframes bounce {
    from {
      scale: 1 0.25;
    }
    to {
      scale: 1 1;
    }
  }

  @container (max-width: 359.9px) {
    .length {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .row[data-current] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .equaliser i {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;

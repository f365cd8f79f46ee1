import { type CSSResult, css } from 'lit';

/** Who one is, and what one may change of it. */
export const profileStyles: CSSResult = css`
  .sections {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25em;
    padding: 1.25em;
  }
  :host([density='compact']) .sections {
    gap: 0.9em;
    padding: 0.9em;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6em 0.85em;
  }
  .photo {
    position: relative;
    flex: none;
    border-radius: 50%;
    cursor: pointer;
  }
  .photo .face {
    --_face: 2.8em;
    font-size: 1.35em;
  }
  .camera {
    position: absolute;
    inset-block-end: -0.2em;
    inset-inline-end: -0.3em;
    display: grid;
    place-items: center;
    inline-size: 1.6em;
    block-size: 1.6em;
    border: 1px solid var(--_line-strong);
    border-radius: 50%;
    background: var(--_surface);
    color: var(--_quiet);
  }
  .camera .icon {
    inline-size: 1em;
    block-size: 1em;
  }
  .photo:has(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .photo-busy {
    position: absolute;
    inset: -3px;
    border: 2px solid transparent;
    border-block-start-color: var(--_accent);
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @media (hover: hover) {
    .photo:hover .camera {
      color: var(--_text);
    }
  }
  .who {
    display: grid;
    flex: 1 1 8em;
    min-inline-size: 0;
  }
  h2 {
    font-size: var(--_size-4);
    font-weight: 600;
  }
  .badge {
    border-radius: 2em;
    font-size: var(--_size-2);
  }
  .dot {
    inline-size: 0.6em;
    block-size: 0.6em;
    border-radius: 50%;
    background: var(--_danger);
  }
  .line {
    display: flex;
    gap: 0.5em;
  }
  .line .button {
    min-block-size: 2.5em;
  }
  .note,
  .problem,
  .said {
    font-size: var(--_size-2);
    text-wrap: pretty;
  }
  .note {
    color: var(--_quiet);
    font-weight: 400;
  }
  .problem {
    color: var(--_danger);
  }
  .said {
    color: var(--_accent);
    font-weight: 500;
  }
  .said:empty {
    display: none;
  }
  .option {
    display: flex;
    align-items: center;
    gap: 1em;
    cursor: pointer;
  }
  .option-text {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    font-weight: 500;
  }
  .switch {
    appearance: none;
    position: relative;
    flex: none;
    inline-size: 2.75em;
    block-size: 1.625em;
    border: 1px solid var(--_line-strong);
    border-radius: 1em;
    background: color-mix(in oklab, var(--_text) 12%, var(--_surface));
    cursor: inherit;
    transition: background var(--_motion) var(--_ease);
  }
  .switch::before {
    content: '';
    position: absolute;
    inset-block: 2px;
    inset-inline-start: 2px;
    aspect-ratio: 1;
    border-radius: 50%;
    background: var(--_quiet);
    transition: inset-inline-start var(--_motion) var(--_ease);
  }
  .switch:checked {
    border-color: transparent;
    background: var(--_accent);
  }
  .switch:checked::before {
    inset-inline-start: calc(100% - 1.625em + 4px);
    background: var(--_on-accent);
  }
  .rows {
    border-block-end: 1px solid var(--_line);
  }
  .row {
    border-block-start: 1px solid var(--_line);
  }
  .row-button {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1em;
    inline-size: 100%;
    min-block-size: max(3em, 44px);
    padding: 0;
    border: 0;
    background: none;
    font-weight: 500;
    text-align: start;
  }
  .row-button .icon {
    color: var(--_quiet);
    transition: rotate var(--_motion) var(--_ease);
  }
  .row-button[aria-expanded='true'] .icon {
    rotate: -180deg;
  }
  .row .upgrade:not(.delete) {
    padding-block: 0.15em 1.1em;
  }
  .part-bone {
    block-size: 5em;
    margin-block-end: 1.1em;
  }
  .part-failed {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.6em;
    padding-block-end: 1.1em;
  }
  .ask {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6em;
  }
  .ask p {
    flex: 1 1 100%;
    text-wrap: pretty;
  }
  [part='sign-out'] {
    justify-self: start;
  }
  .bones {
    display: grid;
    gap: 1.25em;
    padding: 1.25em;
  }
  .bones .bone {
    block-size: 2.75em;
  }
  .bones .bone:first-child {
    inline-size: 65%;
  }
  @media (forced-colors: active) {
    .switch:checked {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;

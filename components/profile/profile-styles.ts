import { type CSSResult, css } from 'lit';

/** Who one is, and what one may change of it. */
export const profileStyles: CSSResult = css`
  .sections {
    display: grid;
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
  .head .face {
    --_face: 3em;
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
    padding-block: 1.1em;
    border-block: 1px solid var(--_line);
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

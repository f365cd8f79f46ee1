import { type CSSResult, css } from 'lit';

/** The list of members and what opens from it. */
export const membersStyles: CSSResult = css`
  .frame {
    padding: 0.5em;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 0.75em;
    min-block-size: 3em;
    padding-inline: 0.5em;
  }
  h2 {
    flex: 1;
    font-weight: 600;
  }
  .list {
    max-block-size: var(--jamz-members-height, 26em);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .member {
    padding: 0 0.5em;
    border-radius: var(--_radius-small);
    /* A thousand rows cost what the visible ones cost. */
    content-visibility: auto;
    contain-intrinsic-block-size: auto 3.5em;
  }
  .member.open {
    content-visibility: visible;
    background: var(--_raised);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 0.75em;
    min-block-size: 3.5em;
  }
  :host([density='compact']) .row {
    min-block-size: 2.9em;
  }
  .face {
    font-size: 0.92em;
  }
  .who {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    font-weight: 500;
  }
  .who i {
    color: var(--_quiet);
    font-style: normal;
    font-weight: 400;
  }
  .role {
    color: var(--_quiet);
    font-size: var(--_size-2);
    font-weight: 400;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    padding: 0.25em 0 0.85em;
    font-size: var(--_size-2);
  }
  .part-bone {
    block-size: 7em;
    margin-block-end: 0.9em;
  }
  .part-failed {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding-block-end: 0.9em;
  }
  .segments {
    flex: 1 1 100%;
  }
  .segments span {
    padding: 0.35em 0.5em;
    font-size: inherit;
  }
  .rename,
  .invitation {
    display: grid;
    gap: 0.6em;
    margin: 0.25em 0.5em 0.75em;
    padding: 0.9em;
    border-radius: var(--_radius-small);
    background: var(--_raised);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  .buttons .button.primary {
    flex: 1;
    max-inline-size: 16em;
  }
  .note,
  .problem {
    font-size: var(--_size-2);
    text-wrap: pretty;
  }
  .note {
    color: var(--_quiet);
  }
  .problem {
    padding: 0 0.5em 0.5em;
    color: var(--_danger);
  }
  .alone {
    display: grid;
    justify-items: center;
    gap: 0.3em;
    padding: 1.25em 1em 1.5em;
    text-align: center;
  }
  .alone .button {
    margin-block-start: 0.6em;
  }
  dialog {
    inline-size: min(25em, calc(100vw - 2em));
    padding: 1.25em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  dialog::backdrop {
    background: #0006;
  }
  dialog h3 {
    margin-block-end: 0.4em;
    font-size: var(--_size-4);
    font-weight: 600;
  }
  dialog .buttons {
    gap: 0.75em;
    justify-content: end;
    margin-block-start: 1.1em;
  }
  .bones {
    display: grid;
    gap: 0.9em;
    padding: 0.75em 0.5em;
  }
  .bones .bone {
    block-size: 2.6em;
  }
`;

import { type CSSResult, css } from 'lit';

/** What the parts of the profile look like that open inside it. */
export const panelStyles: CSSResult = css`
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.9em;
    padding-block: 0.15em 1.1em;
  }
  .panel [role='alert']:not(:has(*)) {
    display: none;
  }
  .panel .button {
    white-space: normal;
  }
  .panel > .button {
    justify-self: start;
  }
  .panel h3 {
    font-size: var(--_size-2);
    font-weight: 500;
  }
  .group {
    display: grid;
    gap: 0.35em;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .group > legend {
    margin-block-end: 0.35em;
    padding: 0;
    font-size: var(--_size-2);
    font-weight: 500;
  }
  .device {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.35em 0.75em;
    min-block-size: 3.5em;
    padding-block: 0.3em;
  }
  .device + .device {
    border-block-start: 1px solid var(--_line);
  }
  .device .option-text {
    flex: 1 1 7em;
    font-weight: 400;
  }
  .here {
    color: var(--_accent);
    font-weight: 500;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 0.65em;
    min-block-size: 2.25em;
    cursor: pointer;
  }
  .check input {
    flex: none;
    inline-size: 1.15em;
    block-size: 1.15em;
    accent-color: var(--_accent);
    cursor: inherit;
  }
  .checks {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(13em, 100%), 1fr));
    column-gap: 1em;
  }
  .plain-option {
    display: flex;
    align-items: center;
    gap: 1em;
    cursor: pointer;
  }
  .times {
    margin-block-start: 0.4em;
    display: flex;
    flex-wrap: wrap;
    gap: 0.75em;
  }
  .times .field {
    flex: 1 1 8em;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6em;
  }
  .warned {
    display: grid;
    gap: 0.3em;
    padding: 0.8em 0.9em;
    border-radius: var(--_radius-small);
    background: var(--_raised);
    font-size: var(--_size-2);
    text-wrap: pretty;
  }
  .warned strong {
    font-weight: 500;
  }
  .danger-zone {
    display: grid;
    gap: 0.75em;
    padding-block-start: 0.9em;
    border-block-start: 1px solid var(--_line);
  }
  @media (pointer: coarse) {
    .check {
      min-block-size: 44px;
    }
  }
`;
